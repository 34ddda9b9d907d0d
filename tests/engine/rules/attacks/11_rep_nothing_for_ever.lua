-- string.rep('', maxinteger) asks no memory and loops in C for centuries in Lua itself.
-- expect: harmless
return function(ctx)
  local breach = (''):rep(math.maxinteger) ~= ''
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
