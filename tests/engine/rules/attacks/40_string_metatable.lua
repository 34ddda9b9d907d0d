-- Poisoning the metatable that all strings share: for the next call, and the next municipality.
-- expect: harmless
return function(ctx)
  local breach = getmetatable('') ~= nil
  breach = breach or pcall(function() getmetatable('').__index = {} end)
  breach = breach or pcall(function() (''):x() end)
  breach = breach or pcall(function() local s = '' s.x = 1 end)
  breach = breach or pcall(setmetatable, '', {})
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
