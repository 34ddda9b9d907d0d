-- Functions in the answer.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer.voorzitter_rol = function() end
  return answer
end
