-- A loop that puts every round under pcall and forgets what it caught, to swallow the error of the budget.
-- expect: budget
return function(ctx)
  while true do
    pcall(function()
      while true do end
    end)
  end
end
