-- Jongerenwerk van de gemeente sluit aan bij criminele uitbuiting tot en met 27 jaar.
return function(ctx)
  local leeftijd = ctx.feiten.leeftijd
  if ctx.feiten.vorm == "crimineel" and (not leeftijd or leeftijd <= 27) then
    return { preventiepartner = "jongerenwerk-wieringerdam", reden = "Het jongerenwerk sluit aan, naast de zorg." }
  end
  return landelijk(ctx)
end
