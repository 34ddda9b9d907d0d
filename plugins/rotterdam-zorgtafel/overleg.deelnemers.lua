-- Wie aanbrengt en de zorgcoördinator bepalen samen het doel; wie daar niet aan bijdraagt, zit er niet bij.
return function(ctx)
  if ctx.feiten.overleg_soort == "weging" then
    return landelijk(ctx)
  end
  local rollen = { "ZCO", "ANB" }
  local leeftijd = ctx.feiten.leeftijd
  if leeftijd and leeftijd < 18 then
    table.insert(rollen, "VTH")
  end
  return {
    rollen = rollen,
    quorum_rollen = { "ZCO", "ANB" },
    quorum_aantal = 2,
    reden = "Aan de zorgtafel zitten de zorgcoördinator, wie aanbrengt, en alleen partijen die kunnen helpen.",
    bron = "X11 (V); Veilig Thuis bij minderjarigen: keuze van deze plugin (P)",
  }
end
