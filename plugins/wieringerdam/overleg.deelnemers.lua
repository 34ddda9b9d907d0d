-- De beleidsadviseur is er nooit bij; bij jongeren schuift de toegang jeugd aan.
return function(ctx)
  local antwoord = landelijk(ctx)
  local leeftijd = ctx.feiten.leeftijd
  if leeftijd and leeftijd < 23 then
    table.insert(antwoord.rollen, "JGD")
    antwoord.reden = "Jonger dan 23 jaar: de toegang jeugd schuift aan."
  end
  return antwoord
end
