return {
  {
    naam = "maandag 12:00 uur is de grens voor de weging van dinsdag",
    regel = "zvh.aanmelding", gemeente = "GM0361", datum = "2026-03-02",
    feiten = {},
    verwacht = { weegdag = "di", sluitdag = "ma", sluittijd = "12:00", contact_binnen = leeg, portaal = leeg },
  },
  {
    naam = "bij acuut gevaar wijst de reden op 112",
    regel = "zvh.aanmelding", gemeente = "GM0448", datum = "2026-03-02",
    feiten = { acuut = true },
    verwacht = { weegdag = "di" },
    reden_bevat = "112",
  },
  {
    naam = "voor 2024 geldt de plugin niet",
    regel = "zvh.aanmelding", gemeente = "GM0361", datum = "2023-12-31",
    feiten = {},
    schakel = "landelijk",
    verwacht = { weegdag = leeg },
  },
}
