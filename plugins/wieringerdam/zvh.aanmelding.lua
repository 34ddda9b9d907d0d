-- De regio bepaalt de weegdag; Wieringerdam voegt zijn eigen contacttermijn toe.
return function(ctx)
  local antwoord = landelijk(ctx) -- Het antwoord van Merwehoek.
  antwoord.contact_binnen = "P3D"
  antwoord.reden = antwoord.reden .. " Wieringerdam belt zelf binnen drie werkdagen terug."
  return antwoord
end
