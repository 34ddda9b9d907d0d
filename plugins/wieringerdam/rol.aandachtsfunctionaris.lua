-- De aandachtsfunctionaris heeft hier de regie over de keten.
return function()
  return {
    aandachtsfunctionaris_rol = "AFM", vervanger_rol = "AFV", taak = "ketenregisseur", partij = nil,
    reden = "In Wieringerdam is de aandachtsfunctionaris ketenregisseur.",
  }
end
