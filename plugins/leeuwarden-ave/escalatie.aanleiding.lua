-- Naar welke fase een aanleiding gaat; dezelfde indeling als in de ladder.
return function(ctx)
  local fase_van = {
    actie_te_laat = 1, partner_afwezig = 1,
    actie_geblokkeerd = 2, geen_regisseur = 2,
    conflict_capaciteit = 3, geen_opvang = 3, rechtmatigheid = 3,
    veiligheid = 4, structureel_knelpunt = 4, regionale_blokkade = 4, juridische_blokkade = 4,
  }
  local fase = fase_van[ctx.feiten.aanleiding] or 1
  return {
    niveau = "AVE" .. fase,
    opschalen = fase > 1,
    reden = "Volgens AVE hoort deze aanleiding bij fase " .. fase .. ".",
    bron = "X14 (V); invulling per fase (U)",
  }
end
