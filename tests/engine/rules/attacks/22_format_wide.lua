-- '%99.99f' of the largest double is 400 characters; a loop of these must end at the budget.
-- expect: budget
return function(ctx)
  while true do
    local s = ('%99.99f'):format(-1.7976931348623157e308)
  end
end
