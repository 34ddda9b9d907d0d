-- Lopik heeft een eigen persoonsgerichte aanpak (PGA) onder regie van de gemeente. Bij gevaar gaat die niet voor.
return function(ctx)
  if ctx.feiten.acuut then
    local antwoord = landelijk(ctx)
    antwoord.reden = "Er is nu gevaar: de persoonsgerichte aanpak gaat niet voor."
    return antwoord
  end
  return {
    eerst_doen = { "persoonsgerichte aanpak van de gemeente" },
    regie_vooraf_rol = "PRG",
    reden = "In Lopik gaat de persoonsgerichte aanpak voor; de gemeente heeft daar de regie.",
    bron = "X13 (V)",
  }
end
