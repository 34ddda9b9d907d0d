-- Veilig Thuis Noord Oost Gelderland heeft een meldpunt voor mensenhandel en jeugdprostitutie, dag en nacht.
return function(ctx)
  if ctx.feiten.amv then
    return landelijk(ctx) -- Nidos is de voogd.
  end
  return {
    meldpunt_rol = "VTH",
    meldpunt_partij = "veilig-thuis-noord-oost-gelderland",
    altijd_bereikbaar = true,
    reden = "In deze regio is Veilig Thuis het meldpunt voor mensenhandel, dag en nacht bereikbaar.",
    bron = "X05 (V)",
  }
end
