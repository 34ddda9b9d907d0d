return {
  {
    naam = "weging op donderdag",
    regel = "zvh.aanmelding", gemeente = "GM9902", datum = "2026-03-02",
    feiten = {},
    verwacht = { weegdag = "do", sluitdag = "di", sluittijd = "17:00", contact_binnen = leeg },
  },
}
