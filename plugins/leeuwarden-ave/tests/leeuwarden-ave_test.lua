return {
  {
    naam = "de ladder heeft vier fasen",
    regel = "escalatie.ladder", gemeente = "GM0080", datum = "2026-03-02",
    feiten = {},
    aantal = { treden = 4 },
    verwacht = { ladder = "AVE" },
  },
  {
    naam = "een geblokkeerde actie gaat naar fase 2",
    regel = "escalatie.aanleiding", gemeente = "GM0080", datum = "2026-03-02",
    feiten = { aanleiding = "actie_geblokkeerd" },
    verwacht = { niveau = "AVE2", opschalen = true },
  },
  {
    naam = "een late actie blijft in fase 1",
    regel = "escalatie.aanleiding", gemeente = "GM0080", datum = "2026-03-02",
    feiten = { aanleiding = "actie_te_laat" },
    verwacht = { niveau = "AVE1", opschalen = false },
  },
  {
    naam = "veiligheid gaat naar het bestuur",
    regel = "escalatie.aanleiding", gemeente = "GM0080", datum = "2026-03-02",
    feiten = { aanleiding = "veiligheid" },
    verwacht = { niveau = "AVE4" },
  },
}
