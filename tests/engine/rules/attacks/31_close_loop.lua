-- __close runs while an error unwinds. setmetatable refuses the field, so a <close> variable cannot be.
-- expect: error
return function(ctx)
  local c <close> = setmetatable({}, { __close = function() while true do end end })
end
