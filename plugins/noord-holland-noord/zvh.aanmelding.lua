-- Aanmeldingen die maandag vóór 12:00 uur binnen zijn, worden op dinsdag gewogen.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.weegdag = "di"
  antwoord.sluitdag = "ma"
  antwoord.sluittijd = "12:00"
  antwoord.reden = "Wie voor maandag 12:00 uur aanmeldt, komt dinsdag in de weging; anders een week later."
  antwoord.bron = "X09 (V)"
  if ctx.feiten.acuut then
    antwoord.reden = antwoord.reden .. " Er is nu gevaar: wacht niet op de weging, bel 112."
  end
  return antwoord
end
