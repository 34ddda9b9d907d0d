-- debug.sethook() removes the budget.
-- expect: error
return function(ctx)
  debug.sethook()
  while true do end
end
