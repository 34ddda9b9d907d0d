-- __close that is added to the metatable after setmetatable: the copy does not have it.
-- expect: error
return function(ctx)
  local mt = {}
  local object = setmetatable({}, mt)
  mt.__close = function() while true do end end
  local c <close> = object
  return landelijk(ctx)
end
