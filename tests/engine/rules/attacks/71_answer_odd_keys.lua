-- Keys that are no text.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer[{}] = 1
  answer[1.5] = 2
  answer[true] = 3
  return answer
end
