return {
  {
    naam = "een eerste overleg heeft vijf punten, in de volgorde van BOB",
    regel = "overleg.agenda", gemeente = "GM0518", datum = "2026-03-02",
    feiten = { overleg_soort = "casus" },
    verwacht = {
      methode = "BOB",
      punten = {
        { volgorde = 1, titel = "Opening: doel, aanwezigen en grondslag", soort = "opening", minuten = 5 },
        { volgorde = 2, titel = "Beeldvorming: wat weten wij, en van wie", soort = "beeld", minuten = 20 },
        { volgorde = 3, titel = "Oordeelsvorming: wat vinden wij ervan", soort = "oordeel", minuten = 15 },
        { volgorde = 4, titel = "Besluitvorming: wie doet wat, en wanneer", soort = "besluit", minuten = 15 },
        { volgorde = 5, titel = "Teruglezen en afsluiten", soort = "afsluiting", minuten = 5 },
      },
    },
  },
  {
    naam = "een vervolg begint met de acties",
    regel = "overleg.agenda", gemeente = "GM0637", datum = "2026-03-02",
    feiten = { overleg_soort = "vervolg" },
    aantal = { punten = 6 },
    verwacht = { methode = "BOB" },
  },
}
