-- Wieringerdam heeft eigen beleid met een eigen meldroute.
return function()
  return {
    beleid_soort = "lokaal",
    beleid_naam = "Wieringerdam ziet het: aanpak mensenhandel 2025-2028",
    meldroute = "intranet, meldroute mensenhandel",
    reden = "De raad stelde eigen beleid vast.",
  }
end
