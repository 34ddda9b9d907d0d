-- De landelijke ingangen, en het schoolteam.
return function(ctx)
  local antwoord = landelijk(ctx)
  table.insert(antwoord.bronnen, { code = "schoolteam", naam = "Schoolteam na de lessen", kanaal = "formulier" })
  antwoord.reden = "De landelijke ingangen, met het schoolteam erbij."
  return antwoord
end
