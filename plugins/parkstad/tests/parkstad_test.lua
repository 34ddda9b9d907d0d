return {
  {
    naam = "contact binnen vijf werkdagen, via het eigen portaal",
    regel = "zvh.aanmelding", gemeente = "GM0917", datum = "2026-03-02",
    feiten = {},
    verwacht = { contact_binnen = "P5D", portaal = "justitieconnect-parkstad", weegdag = leeg },
  },
  {
    naam = "een gemeente buiten Parkstad houdt het landelijke antwoord",
    regel = "zvh.aanmelding", gemeente = "GM9999", datum = "2026-03-02",
    feiten = {},
    schakel = "landelijk",
    verwacht = { contact_binnen = leeg },
  },
}
