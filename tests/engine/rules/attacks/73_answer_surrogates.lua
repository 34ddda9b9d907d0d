-- UTF-8 that encodes a half surrogate, and an overlong slash.
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer.voorzitter_rol = '\xed\xa0\x80\xc0\xaf'
  return answer
end
