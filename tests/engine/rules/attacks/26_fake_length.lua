-- concat, insert, remove and unpack believed a fake __len and looped for seconds.
-- expect: harmless
return function(ctx)
  local t = setmetatable({}, { __len = function() return 1000000000 end, __index = function() return 'x' end })
  local breach = table.concat(t) ~= '' or select('#', table.unpack(t)) ~= 0
  table.insert(t, 1)
  breach = breach or table.remove(t) ~= 1
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
