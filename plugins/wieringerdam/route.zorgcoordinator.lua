-- De regio heeft één zorgcoördinator.
return function()
  return {
    zorgcoordinator_rol = "ZCO", zorgcoordinator_partij = "zorgcoordinatie-merwehoek", op_afstand = false,
    reden = "De zorgcoördinator van Merwehoek werkt voor alle gemeenten van de regio.",
  }
end
