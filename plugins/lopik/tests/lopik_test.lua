return {
  {
    naam = "eerst de persoonsgerichte aanpak",
    regel = "zvh.voorwaarden", gemeente = "GM0331", datum = "2026-03-02",
    feiten = { acuut = false },
    verwacht = { eerst_doen = { "persoonsgerichte aanpak van de gemeente" }, regie_vooraf_rol = "PRG" },
  },
  {
    naam = "bij gevaar hoeft dat niet eerst",
    regel = "zvh.voorwaarden", gemeente = "GM0331", datum = "2026-03-02",
    feiten = { acuut = true },
    verwacht = { eerst_doen = {}, regie_vooraf_rol = leeg },
  },
  {
    naam = "het plan heeft twaalf leefgebieden",
    regel = "plan.leefgebieden", gemeente = "GM0331", datum = "2026-03-02",
    feiten = {},
    aantal = { leefgebieden = 12 },
    verwacht = {},
  },
}
