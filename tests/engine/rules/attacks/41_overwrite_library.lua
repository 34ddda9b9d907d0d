-- string.upper = ... for whoever comes after.
-- expect: harmless
return function(ctx)
  local breach = pcall(function() string.upper = function() return 'x' end end)
  breach = breach or pcall(function() math.floor = nil end)
  breach = breach or pcall(setmetatable, string, {})
  pairs = nil
  type = function() return 'x' end
  breach = breach or ('a'):upper() ~= 'A'
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
