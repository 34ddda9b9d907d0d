-- The answer of the next link is a copy: changing it changes no one else's.
-- expect: harmless
return function(ctx)
  local first = landelijk(ctx)
  first.stijl = 'breach'
  local breach = landelijk(ctx).stijl == 'breach'
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
