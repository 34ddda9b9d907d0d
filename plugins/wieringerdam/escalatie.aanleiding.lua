-- Geen opvang gaat in Wieringerdam meteen naar het bestuur.
return function(ctx)
  local antwoord = landelijk(ctx)
  if ctx.feiten.aanleiding == "geen_opvang" then
    antwoord.niveau = "E3"
    antwoord.reden = "Geen opvang voor vannacht: het bestuur weet het dezelfde dag."
  end
  return antwoord
end
