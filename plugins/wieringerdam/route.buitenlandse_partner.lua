-- Wieringerdam ligt aan de rivier naar Duitsland: daar is een vaste zorgpartner.
return function(ctx)
  if ctx.feiten.buurland ~= "duitsland" then
    return landelijk(ctx)
  end
  return {
    partijen = { { soort = "zorg", partij = "beratungsstelle-grenzfluss", land = "duitsland" } },
    reden = "Wijst het signaal naar Duitsland, dan denkt de zorgpartner daar mee.",
  }
end
