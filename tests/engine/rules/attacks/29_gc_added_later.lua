-- __gc that is added to the metatable afterwards, for the collection at close.
-- expect: harmless
return function(ctx)
  local mt = {}
  for i = 1, 100 do setmetatable({}, mt) end
  mt.__gc = function() while true do end end
  for i = 1, 100 do setmetatable({}, getmetatable(setmetatable({}, {}))) end
  local breach = false
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
