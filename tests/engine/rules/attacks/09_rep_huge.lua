-- string.rep of a gigabyte: one instruction, all the memory. The error is an ordinary one and can be caught;
-- nothing was asked.
-- expect: harmless
return function(ctx)
  local breach = pcall(string.rep, 'x', 1000000000)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
