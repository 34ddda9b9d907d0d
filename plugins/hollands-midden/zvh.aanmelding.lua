-- Hollands Midden neemt aanmeldingen aan in het casussysteem PGAx.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.portaal = "pgax-hollands-midden"
  antwoord.reden = "Aanmelden bij Hollands Midden gaat via PGAx."
  antwoord.bron = "X10 (V)"
  return antwoord
end
