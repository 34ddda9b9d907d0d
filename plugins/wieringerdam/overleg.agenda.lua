-- De landelijke agenda; in een vervolg gaan de acties voorop.
return function(ctx)
  local antwoord = landelijk(ctx)
  if ctx.feiten.overleg_soort == "vervolg" then
    table.sort(antwoord.punten, function(a, b)
      return a.soort == "acties" and b.soort ~= "acties"
    end)
    for nummer, punt in ipairs(antwoord.punten) do
      punt.volgorde = nummer
    end
    antwoord.reden = "Vervolg: eerst de acties."
  end
  return antwoord
end
