return {
  {
    naam = "CoMensha coördineert, er is geen partij in de regio",
    regel = "route.zorgcoordinator", gemeente = "GM9911", datum = "2026-03-02",
    feiten = { leeftijd = 30 },
    verwacht = { zorgcoordinator_rol = "CMH", zorgcoordinator_partij = leeg, op_afstand = true },
  },
}
