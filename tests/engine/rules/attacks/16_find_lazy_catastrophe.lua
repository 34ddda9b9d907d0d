-- string.find with '.-.-.-.-b' on 300 characters took longer than anybody waited: no hook runs inside Lua's
-- matcher.
-- expect: budget
return function(ctx)
  for n = 4, 10 do
    local found = ('a'):rep(300):find(('.-'):rep(n) .. 'b')
  end
end
