-- A global that should still be there in the next call (see also the test that asks three times).
-- expect: harmless
return function(ctx)
  local breach = false
  local ok, value = pcall(function() return stolen end)
  breach = ok
  stolen = ctx.feiten
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
