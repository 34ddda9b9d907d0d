-- The budget runs out inside a comparator.
-- expect: budget
return function(ctx)
  pcall(table.sort, { 3, 2, 1 }, function() while true do end end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
