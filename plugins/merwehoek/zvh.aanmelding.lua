-- In Merwehoek is de weging op donderdag; aanmelden kan tot dinsdag 17:00 uur.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.weegdag = "do"
  antwoord.sluitdag = "di"
  antwoord.sluittijd = "17:00"
  antwoord.reden = "Merwehoek weegt op donderdag; aanmelden kan tot dinsdag 17:00 uur."
  return antwoord
end
