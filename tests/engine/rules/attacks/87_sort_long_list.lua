-- Sorting ten thousand texts that differ only at their end.
-- expect: budget|memory
return function(ctx)
  local t = {}
  for i = 1, 10000 do t[i] = ('a'):rep(200) .. (10000 - i) end
  table.sort(t)
  return t
end
