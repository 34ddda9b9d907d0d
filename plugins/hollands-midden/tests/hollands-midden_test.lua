return {
  {
    naam = "aanmelden gaat via PGAx; een reactietermijn is niet bekend",
    regel = "zvh.aanmelding", gemeente = "GM0546", datum = "2026-03-02",
    feiten = {},
    verwacht = { portaal = "pgax-hollands-midden", contact_binnen = leeg },
  },
}
