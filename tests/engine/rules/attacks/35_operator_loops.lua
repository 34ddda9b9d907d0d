-- Operators that call themselves: __eq, __lt, __concat, __len, __call.
-- expect: budget|error|memory
return function(ctx)
  local mt = {}
  mt.__eq = function(x, y) return setmetatable({}, mt) == setmetatable({}, mt) end
  mt.__lt = function(x, y) return x < y end
  mt.__concat = function(x, y) return x .. y end
  mt.__len = function(x) return #x end
  local o = setmetatable({}, mt)
  pcall(function() return o == setmetatable({}, mt) end)
  pcall(function() return o < o end)
  pcall(function() return o .. o end)
  return #o
end
