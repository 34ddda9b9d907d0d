-- Text that is no UTF-8, to break the journal or the screen.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer.voorzitter_rol = 'VZT\xc3'
  return answer
end
