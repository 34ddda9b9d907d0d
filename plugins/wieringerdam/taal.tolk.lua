-- Eén tolkdienst; bij acuut gevaar de spoedlijn.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.tolk_leverancier = ctx.feiten.acuut and "tolkdienst-spoedlijn" or "tolkdienst-merwehoek"
  return antwoord
end
