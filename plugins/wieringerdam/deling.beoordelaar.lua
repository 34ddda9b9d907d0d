-- Delen uit een dossier met zorggegevens beoordeelt de teamleider; anders de aandachtsfunctionaris. Altijd met vier ogen.
return function(ctx)
  local zwaar = { D5 = true, D6 = true, D10 = true }
  local rol = "AFM"
  for _, klasse in ipairs(ctx.feiten.gegevensklassen or {}) do
    if zwaar[klasse] then
      rol = "TLZ"
    end
  end
  return {
    beoordelaar_rol = rol,
    vervanger_rol = "FG",
    vier_ogen = true,
    reden = rol == "TLZ" and "Zorg- of gezinsgegevens: de teamleider zorg beoordeelt." or "De aandachtsfunctionaris beoordeelt.",
  }
end
