-- Zorg en veiligheid trekken samen op; bij uitbuiting in werk ook FairWork en de Arbeidsinspectie.
return function(ctx)
  local koppels = { { rol = "ZCO", met_rol = "OOV", taak = "veiligheidsplan" } }
  if ctx.feiten.vorm == "arbeid" then
    koppels[2] = { rol = "FRW", met_rol = "NLA", taak = "gesprek met werkers" }
  end
  return { koppels = koppels, reden = "Zorg en veiligheid trekken samen op." }
end
