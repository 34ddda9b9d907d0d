-- De zorgtafel: voorgezeten door de zorgcoördinator, alleen partijen die de situatie kunnen verbeteren, en de persoon zelf is altijd
-- uitgenodigd of van tevoren ingelicht.
return function(ctx)
  if ctx.feiten.overleg_soort == "weging" then
    return landelijk(ctx) -- De weging is van het Zorg- en Veiligheidshuis.
  end
  return {
    stijl = "zorgtafel",
    voorzitter_rol = "ZCO",
    betrokkene = "uitgenodigd",
    alleen_wie_kan_bijdragen = true,
    reden = "In deze regio is het casusoverleg een zorgtafel: de zorgcoördinator zit voor en de persoon zelf is uitgenodigd.",
    bron = "X11 (V, S-001)",
  }
end
