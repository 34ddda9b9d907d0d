-- BOB als basismethode: eerst het beeld, dan het oordeel, dan het besluit, en niet door elkaar.
return function(ctx)
  local punten = {}
  local function punt(titel, soort, minuten)
    punten[#punten + 1] = { volgorde = #punten + 1, titel = titel, soort = soort, minuten = minuten }
  end
  punt("Opening: doel, aanwezigen en grondslag", "opening", 5)
  if ctx.feiten.overleg_soort == "vervolg" then
    punt("Acties van de vorige keer", "acties", 5)
  end
  punt("Beeldvorming: wat weten wij, en van wie", "beeld", 20)
  punt("Oordeelsvorming: wat vinden wij ervan", "oordeel", 15)
  punt("Besluitvorming: wie doet wat, en wanneer", "besluit", 15)
  punt("Teruglezen en afsluiten", "afsluiting", 5)
  return {
    methode = "BOB",
    punten = punten,
    reden = "Haaglanden werkt met BOB als basismethode.",
    bron = "X12 (V); minuten: keuze van deze plugin (P)",
  }
end
