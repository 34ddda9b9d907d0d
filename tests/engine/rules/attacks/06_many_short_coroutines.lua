-- Thousands of short coroutines each got a fresh count: 250 times the budget.
-- expect: error
return function(ctx)
  for i = 1, 100000 do
    coroutine.wrap(function() for k = 1, 900 do end end)()
  end
end
