return {
  {
    naam = "het Zorg- en Veiligheidshuis coördineert",
    regel = "route.zorgcoordinator", gemeente = "GM0718", datum = "2026-03-02",
    feiten = { leeftijd = 30 },
    verwacht = { zorgcoordinator_partij = "zvh-zeeland" },
  },
  {
    naam = "uitbuiting in werk gaat eerst naar de Arbeidsinspectie",
    regel = "route.handhaving", gemeente = "GM0715", datum = "2026-03-02",
    feiten = { vorm = "arbeid", soort_signaal = "persoon" },
    verwacht = { ontvangers = { "NLA", "AVI", "RIE" }, gebundeld = true },
  },
  {
    naam = "een signaal over een bedrijf gaat eerst naar het RIEC",
    regel = "route.handhaving", gemeente = "GM0715", datum = "2026-03-02",
    feiten = { vorm = "onbekend", soort_signaal = "bedrijf" },
    verwacht = { ontvangers = { "RIE", "AVI", "NLA" } },
  },
}
