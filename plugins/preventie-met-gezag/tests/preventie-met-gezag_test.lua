return {
  {
    naam = "een jongere in criminele uitbuiting krijgt de partner erbij",
    regel = "route.criminele_uitbuiting", gemeente = "GM0080", datum = "2026-03-02",
    feiten = { vorm = "crimineel", leeftijd = 17 },
    verwacht = { preventiepartner = "preventie-met-gezag" },
  },
  {
    naam = "27 jaar telt nog mee, 28 niet meer",
    regel = "route.criminele_uitbuiting", gemeente = "GM0363", datum = "2026-03-02",
    feiten = { vorm = "crimineel", leeftijd = 27 },
    verwacht = { preventiepartner = "preventie-met-gezag" },
  },
  {
    naam = "28 jaar valt buiten het programma",
    regel = "route.criminele_uitbuiting", gemeente = "GM0363", datum = "2026-03-02",
    feiten = { vorm = "crimineel", leeftijd = 28 },
    verwacht = { preventiepartner = leeg },
  },
  {
    naam = "een andere vorm van uitbuiting verandert niets",
    regel = "route.criminele_uitbuiting", gemeente = "GM0599", datum = "2026-03-02",
    feiten = { vorm = "seksueel", leeftijd = 17 },
    verwacht = { preventiepartner = leeg },
  },
  {
    naam = "een onbekende leeftijd sluit niemand uit",
    regel = "route.criminele_uitbuiting", gemeente = "GM0917", datum = "2026-03-02",
    feiten = { vorm = "crimineel" },
    verwacht = { preventiepartner = "preventie-met-gezag" },
  },
}
