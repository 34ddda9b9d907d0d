-- A coroutine has an instruction count of its own and would swallow the limit error. There are no coroutines.
-- expect: error
return function(ctx)
  while true do
    local co = coroutine.create(function() while true do end end)
    coroutine.resume(co)
  end
end
