-- Buiten kantooruren is het regionale meldpunt bereikbaar.
return function(ctx)
  local antwoord = landelijk(ctx)
  if ctx.feiten.acuut and antwoord.meldpunt_rol == "AFM" then
    antwoord.meldpunt_partij = "piket-wieringerdam"
    antwoord.altijd_bereikbaar = true
    antwoord.reden = "Acuut: het piket is dag en nacht bereikbaar (en bij levensgevaar 112)."
  end
  return antwoord
end
