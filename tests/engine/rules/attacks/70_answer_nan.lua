-- NaN and infinity where a number is asked (see also the test of numbers).
-- expect: invalid
return function(ctx)
  local answer = landelijk(ctx)
  answer.alleen_wie_kan_bijdragen = 0 / 0
  return answer
end
