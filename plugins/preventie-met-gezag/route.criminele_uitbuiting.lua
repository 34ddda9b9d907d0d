-- Preventie met Gezag is er voor jongeren van 8 tot en met 27 jaar.
return function(ctx)
  local leeftijd = ctx.feiten.leeftijd
  if ctx.feiten.vorm ~= "crimineel" or (leeftijd and (leeftijd < 8 or leeftijd > 27)) then
    return landelijk(ctx)
  end
  return {
    preventiepartner = "preventie-met-gezag",
    reden = "Criminele uitbuiting in een gemeente met Preventie met Gezag: het programma sluit aan, naast de zorg.",
    bron = "X15, S-002",
  }
end
