return {
  {
    naam = "zorgcoördinator en veiligheidsspecialist vormen een koppel",
    regel = "rol.koppels", gemeente = "GM0855", datum = "2026-03-02",
    feiten = {},
    verwacht = {
      koppels = { { rol = "ZCO", met_rol = "OOV", taak = "zorg en veiligheid samen, van eerste gesprek tot afsluiting" } },
    },
  },
}
