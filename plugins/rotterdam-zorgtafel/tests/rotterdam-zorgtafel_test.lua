return {
  {
    naam = "de zorgcoördinator zit voor en de persoon is uitgenodigd",
    regel = "overleg.stijl", gemeente = "GM0599", datum = "2026-03-02",
    feiten = { overleg_soort = "casus" },
    verwacht = { stijl = "zorgtafel", voorzitter_rol = "ZCO", betrokkene = "uitgenodigd" },
  },
  {
    naam = "de weging blijft van het Zorg- en Veiligheidshuis",
    regel = "overleg.stijl", gemeente = "GM0599", datum = "2026-03-02",
    feiten = { overleg_soort = "weging" },
    verwacht = { stijl = "veiligheidshuis", voorzitter_rol = "VZT" },
  },
  {
    naam = "bij een minderjarige schuift Veilig Thuis aan",
    regel = "overleg.deelnemers", gemeente = "GM0599", datum = "2026-03-02",
    feiten = { overleg_soort = "casus", leeftijd = 16 },
    verwacht = { rollen = { "ZCO", "ANB", "VTH" }, quorum_aantal = 2 },
  },
  {
    naam = "bij een volwassene niet",
    regel = "overleg.deelnemers", gemeente = "GM0599", datum = "2026-03-02",
    feiten = { overleg_soort = "vervolg", leeftijd = 18 },
    verwacht = { rollen = { "ZCO", "ANB" } },
  },
}
