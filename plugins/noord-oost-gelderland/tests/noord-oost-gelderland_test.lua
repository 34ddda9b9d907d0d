return {
  {
    naam = "22 jaar: de organisatie voor jongeren",
    regel = "route.zorgcoordinator", gemeente = "GM0200", datum = "2026-03-02",
    feiten = { leeftijd = 22 },
    verwacht = { zorgcoordinator_partij = "zorgcoordinatie-tot-23", op_afstand = false },
  },
  {
    naam = "23 jaar: de organisatie voor volwassenen",
    regel = "route.zorgcoordinator", gemeente = "GM0200", datum = "2026-03-02",
    feiten = { leeftijd = 23 },
    verwacht = { zorgcoordinator_partij = "zorgcoordinatie-vanaf-23" },
  },
  {
    naam = "onbekende leeftijd: geen van beide wordt ingevuld",
    regel = "route.zorgcoordinator", gemeente = "GM0301", datum = "2026-03-02",
    feiten = {},
    verwacht = { zorgcoordinator_rol = "ZCO", zorgcoordinator_partij = leeg },
    reden_bevat = "onbekend",
  },
  {
    naam = "Veilig Thuis is het meldpunt, ook voor volwassenen",
    regel = "route.meldpunt", gemeente = "GM0222", datum = "2026-03-02",
    feiten = { leeftijd = 40 },
    verwacht = { meldpunt_rol = "VTH", altijd_bereikbaar = true },
  },
  {
    naam = "voor een alleenstaande minderjarige vreemdeling blijft het Nidos",
    regel = "route.meldpunt", gemeente = "GM0222", datum = "2026-03-02",
    feiten = { leeftijd = 16, amv = true },
    verwacht = { meldpunt_rol = "NID" },
  },
}
