-- __call of a table that is called through __call, without end.
-- expect: error|budget|memory
return function(ctx)
  local o = setmetatable({}, {})
  for i = 1, 100000 do o = setmetatable({}, { __call = o }) end
  return o()
end
