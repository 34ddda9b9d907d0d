-- An answer that is empty itself and promises everything through __index.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  return setmetatable({}, { __index = answer })
end
