-- A finalizer that hands its object to a global, to live on into the next call.
-- expect: error
return function(ctx)
  local mt = { __gc = function(object) kept = object end }
  setmetatable({}, mt)
end
