-- An answer of a million keys.
-- expect: invalid|budget|memory
return function(ctx)
  local answer = landelijk(ctx)
  for i = 1, 20000 do answer[i] = i end
  return answer
end
