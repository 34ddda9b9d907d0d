-- The same through the string metatable, past _ENV.
-- expect: harmless
return function(ctx)
  local breach = pcall(function() return ('x'):rep(1000000000) end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
