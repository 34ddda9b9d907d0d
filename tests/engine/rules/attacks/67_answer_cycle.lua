-- An answer that holds itself.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer.stijl = answer
  return answer
end
