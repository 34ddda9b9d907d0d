-- A frontier with back references, which must be compared again at every place.
-- expect: budget
return function(ctx)
  local s = ('ab'):rep(5000)
  for i = 1, 100 do
    local found = s:find('(.-)%f[c](.-)%1%2c')
  end
end
