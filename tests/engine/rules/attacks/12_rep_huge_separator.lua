-- The separator multiplies too.
-- expect: harmless
return function(ctx)
  local breach = pcall(string.rep, '', 100000000, ('y'):rep(1000))
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
