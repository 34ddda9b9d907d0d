-- The budget runs out inside a replacement function.
-- expect: budget
return function(ctx)
  pcall(string.gsub, 'aaa', 'a', function() while true do end end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
