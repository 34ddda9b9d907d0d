-- Many small strings, all kept.
-- expect: memory|budget
return function(ctx)
  local t = {}
  local i = 0
  while true do
    i = i + 1
    t[i] = 'casus ' .. i
  end
end
