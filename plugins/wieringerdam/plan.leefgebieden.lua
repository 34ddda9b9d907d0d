-- De twaalf landelijke leefgebieden, en daarbij zingeving.
return function(ctx)
  local antwoord = landelijk(ctx)
  table.insert(antwoord.leefgebieden, "zingeving")
  antwoord.reden = "De landelijke leefgebieden, met zingeving erbij."
  return antwoord
end
