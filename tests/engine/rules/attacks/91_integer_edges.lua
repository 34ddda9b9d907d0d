-- The smallest integer divided by -1, shifts by 64, division by zero.
-- expect: harmless
return function(ctx)
  local breach = math.mininteger // -1 ~= math.mininteger
  breach = breach or math.mininteger % -1 ~= 0 or 1 << 64 ~= 0 or 1 << -64 ~= 0
  breach = breach or pcall(function() return 1 // 0 end) or pcall(function() return 1 % 0 end)
  breach = breach or math.tointeger(2 ^ 63) ~= nil
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
