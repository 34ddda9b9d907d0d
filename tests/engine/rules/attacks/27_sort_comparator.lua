-- sort with a comparator that raises, or that contradicts itself.
-- expect: harmless
return function(ctx)
  local t = {}
  for i = 1, 500 do t[i] = (i * 7919) % 501 end
  local flip = false
  table.sort(t, function(x, y) flip = not flip return flip end)
  local breach = #t ~= 500
  breach = breach or pcall(table.sort, t, function() error('x') end)
  table.sort(t, function() return true end)
  for i = 1, 500 do breach = breach or t[i] == nil end
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
