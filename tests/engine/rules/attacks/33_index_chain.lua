-- A chain of ten thousand __index tables.
-- expect: error|budget|memory
return function(ctx)
  local t = {}
  for i = 1, 10000 do t = setmetatable({}, { __index = t }) end
  return t.x
end
