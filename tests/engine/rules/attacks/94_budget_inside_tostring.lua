-- The budget runs out inside __tostring, inside format, inside pcall.
-- expect: budget
return function(ctx)
  local o = setmetatable({}, { __tostring = function() while true do end end })
  pcall(string.format, '%s', o)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
