-- The same for __newindex.
-- expect: error|budget|memory
return function(ctx)
  local t = {}
  for i = 1, 10000 do t = setmetatable({}, { __newindex = t }) end
  t.x = 1
end
