-- Calls with hundreds of arguments, in a loop.
-- expect: budget|memory
return function(ctx)
  local t = {}
  for i = 1, 250 do t[i] = i end
  while true do select('#', table.unpack(t)) end
end
