-- Memory runs out under pcall, and the script means to go on with what it has.
-- expect: memory|budget
return function(ctx)
  local t = {}
  local ok = pcall(function() while true do t[#t + 1] = ('x'):rep(1000) .. #t end end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
