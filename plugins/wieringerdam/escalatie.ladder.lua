-- De landelijke ladder, met een dag in plaats van drie op de laagste trede.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.ladder = "wieringerdam"
  antwoord.treden[1].antwoord_binnen = "P1D"
  antwoord.reden = "De landelijke ladder, met een snellere eerste trede."
  return antwoord
end
