-- AVE vervangt de landelijke ladder door vier fasen. Wat er per fase gebeurt is niet bij de bron gelezen: de rollen en aanleidingen
-- hieronder zijn een invulling, geen afspraak.
return function(ctx)
  local function fase(nummer, rollen, aanleidingen, antwoord_binnen)
    return { niveau = "AVE" .. nummer, rollen = rollen, aanleidingen = aanleidingen, antwoord_binnen = antwoord_binnen }
  end
  return {
    ladder = "AVE",
    treden = {
      fase(1, { "CRG" }, { "actie_te_laat", "partner_afwezig" }, "P3D"),
      fase(2, { "CRG", "PRG" }, { "actie_geblokkeerd", "geen_regisseur" }, "P3D"),
      fase(3, { "PRG", "PTN" }, { "conflict_capaciteit", "geen_opvang", "rechtmatigheid" }, "P2D"),
      fase(4, { "BGM", "WTH" }, { "veiligheid", "structureel_knelpunt", "regionale_blokkade", "juridische_blokkade" }, "P1D"),
    },
    reden = "Leeuwarden schaalt op volgens AVE, in vier fasen.",
    bron = "X14 (V); invulling per fase (U)",
  }
end
