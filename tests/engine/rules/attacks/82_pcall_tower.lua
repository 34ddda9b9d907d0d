-- pcall(pcall, pcall, ...) around a loop: a tower of catches that each pass the budget on.
-- expect: budget
return function(ctx)
  pcall(pcall, pcall, pcall, pcall, pcall, function() while true do end end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
