-- Tot 23 jaar de ene organisatie, vanaf 23 jaar de andere. Zonder leeftijd kiest een mens.
return function(ctx)
  local leeftijd = ctx.feiten.leeftijd
  if not leeftijd then
    local antwoord = landelijk(ctx)
    antwoord.reden = "De leeftijd is onbekend; vraag een van beide organisaties (grens 23 jaar) wie coördineert."
    antwoord.bron = "X04 (V)"
    return antwoord
  end
  local jong = leeftijd < 23
  return {
    zorgcoordinator_rol = "ZCO",
    zorgcoordinator_partij = jong and "zorgcoordinatie-tot-23" or "zorgcoordinatie-vanaf-23",
    op_afstand = false,
    reden = jong and "Jonger dan 23 jaar: de organisatie voor jongeren coördineert."
      or "23 jaar of ouder: de organisatie voor volwassenen coördineert.",
    bron = "X04 (V)",
  }
end
