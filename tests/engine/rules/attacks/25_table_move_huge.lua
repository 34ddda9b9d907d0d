-- table.move over a thousand million places: two seconds in C.
-- expect: harmless
return function(ctx)
  local breach = pcall(table.move, { 1 }, 1, 1000000000, 2)
  breach = breach or pcall(table.move, {}, math.mininteger, math.maxinteger, 1)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
