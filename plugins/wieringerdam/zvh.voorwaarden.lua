-- Eerst het gesprek met de persoon zelf, tenzij er gevaar is.
return function(ctx)
  if ctx.feiten.acuut then
    return landelijk(ctx)
  end
  return {
    eerst_doen = { "gesprek met de persoon, of de reden waarom dat niet kan" },
    regie_vooraf_rol = "AFM",
    reden = "Eerst praten met de persoon zelf.",
  }
end
