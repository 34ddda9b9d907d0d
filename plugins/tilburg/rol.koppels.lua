-- In Tilburg trekken de zorgcoördinator en een veiligheidsspecialist samen op.
return function(ctx)
  return {
    koppels = {
      { rol = "ZCO", met_rol = "OOV", taak = "zorg en veiligheid samen, van eerste gesprek tot afsluiting" },
    },
    reden = "In Tilburg werken zorgcoördinator en veiligheidsspecialist als koppel.",
    bron = "X18 (V)",
  }
end
