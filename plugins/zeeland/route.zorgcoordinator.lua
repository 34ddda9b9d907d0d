-- In Zeeland zit de zorgcoördinatie bij het Zorg- en Veiligheidshuis, voor alle gemeenten van de provincie.
return function(ctx)
  return {
    zorgcoordinator_rol = "ZCO",
    zorgcoordinator_partij = "zvh-zeeland",
    op_afstand = false,
    reden = "In Zeeland coördineert het Zorg- en Veiligheidshuis, voor alle gemeenten.",
    bron = "X02 (V)",
  }
end
