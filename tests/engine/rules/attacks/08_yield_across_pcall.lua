-- A yield across pcall or a function of the host.
-- expect: error
return function(ctx)
  pcall(coroutine.yield, 1)
  return coroutine.yield(landelijk)
end
