-- __gc: finalizers run with hooks off. setmetatable refuses the field.
-- expect: error
return function(ctx)
  setmetatable({}, { __gc = function() while true do end end })
end
