-- Comparing two long texts is one instruction, however long they are.
-- expect: budget|memory
return function(ctx)
  local x = ('a'):rep(200000) .. 'x'
  local y = ('a'):rep(200000) .. 'y'
  while true do
    local same = x == y
  end
end
