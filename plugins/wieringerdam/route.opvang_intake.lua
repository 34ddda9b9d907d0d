-- Wieringerdam koopt reguliere opvang in bij de (verzonnen) centrumgemeente Oudestreek.
return function(ctx)
  local antwoord = landelijk(ctx)
  if antwoord.opvang_soort == "regulier" then
    antwoord.intake_partij = "opvangloket-oudestreek"
    antwoord.centrumgemeente = "GM9902"
    antwoord.reden = "Reguliere opvang begint bij het loket van Oudestreek, dag en nacht."
  end
  return antwoord
end
