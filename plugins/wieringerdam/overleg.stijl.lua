-- Een casusoverleg is hier een zorgtafel; de weging blijft die van het Zorg- en Veiligheidshuis.
return function(ctx)
  if ctx.feiten.overleg_soort == "weging" then
    return landelijk(ctx)
  end
  return {
    stijl = "zorgtafel", voorzitter_rol = "ZCO", betrokkene = "uitgenodigd", alleen_wie_kan_bijdragen = true,
    reden = "Wieringerdam werkt met zorgtafels.",
  }
end
