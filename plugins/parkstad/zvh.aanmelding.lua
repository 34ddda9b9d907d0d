-- Na de aanmelding neemt het Zorg- en Veiligheidshuis binnen vijf werkdagen contact op.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.contact_binnen = "P5D"
  antwoord.portaal = "justitieconnect-parkstad"
  antwoord.reden = "Parkstad belt binnen vijf werkdagen na de aanmelding, die via het eigen portaal gaat."
  antwoord.bron = "X10 (V)"
  return antwoord
end
