-- A local of the file, outside the function: the file runs anew each call.
-- expect: harmless
local count = 0
return function(ctx)
  count = count + 1
  local breach = count ~= 1
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
