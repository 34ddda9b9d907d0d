-- An answer whose metatable would run code while the host reads it: it is read raw.
-- expect: harmless
return function(ctx)
  local answer = landelijk(ctx)
  answer.reden = 'harmless'
  return setmetatable(answer, { __index = function() while true do end end, __len = function() while true do end end })
end
