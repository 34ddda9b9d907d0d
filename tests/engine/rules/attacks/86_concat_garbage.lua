-- Long texts made and dropped: no memory stays, but time goes.
-- expect: budget|memory
return function(ctx)
  local x = ('a'):rep(100000)
  while true do
    local y = x .. 'b'
  end
end
