-- Een dringende actie wordt meteen gebeld; wie al twee herinneringen kreeg, komt op de agenda.
return function(ctx)
  local feiten = ctx.feiten
  local antwoord = landelijk(ctx)
  if antwoord.stap == "opschalen" then
    return antwoord
  end
  if (feiten.herinneringen or 0) >= 2 then
    antwoord.stap = "agenderen"
    antwoord.aan_rol = "VZT"
    antwoord.reden = "Na twee herinneringen bespreekt het casusoverleg de actie."
  elseif feiten.prioriteit == "hoog" then
    antwoord.stap = "bellen"
    antwoord.opnieuw_na = "P1D"
    antwoord.reden = "Een dringende actie: bel meteen."
  end
  return antwoord
end
