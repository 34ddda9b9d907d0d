-- math.random, os.time or the order of pairs as a clock or a die: answers must be the same everywhere.
-- expect: harmless
return function(ctx)
  local breach = math.random ~= nil or math.randomseed ~= nil
  local t = { b = 1, a = 1, [2] = 1, [1] = 1, [-1.5] = 1, [true] = 1, c = 1 }
  local order = ''
  for key in pairs(t) do order = order .. tostring(key) .. ' ' end
  breach = breach or order ~= '1 2 -1.5 a b c true '
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
