-- Eerst de zorgcoördinator, ook bij jongeren; Veilig Thuis is tweede.
return function(ctx)
  local antwoord = landelijk(ctx)
  if antwoord.adviseur_rol == "VTH" then
    antwoord.adviseur_rol = "ZCO"
    antwoord.tweede_adviseur_rol = "VTH"
    antwoord.reden = "Bij jongeren denkt eerst de zorgcoördinator mee, dan Veilig Thuis; altijd zonder naam."
  end
  return antwoord
end
