-- Keeping ctx of one call to read the facts of the next: there is no place to keep it.
-- expect: harmless
return function(ctx)
  local breach = false
  pcall(function() breach = kept.feiten.overleg_soort ~= nil end)
  kept = ctx
  pcall(function() string.kept = ctx end)
  pcall(function() landelijk.kept = ctx end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
