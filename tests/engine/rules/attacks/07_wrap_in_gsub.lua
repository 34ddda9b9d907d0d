-- coroutine.wrap inside the callback of gsub: a yield across a C call.
-- expect: error
return function(ctx)
  return ('aaaa'):gsub('a', coroutine.wrap(function() while true do coroutine.yield('b') end end))
end
