-- A table that grows without end.
-- expect: memory|budget
return function(ctx)
  local t = {}
  for i = 1, math.huge do t[i] = i end
end
