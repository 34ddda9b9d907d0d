-- Bij jongeren en bij gevaar gaat alles sneller.
return function(ctx)
  local antwoord = landelijk(ctx)
  local leeftijd = ctx.feiten.leeftijd
  if ctx.feiten.acuut or (leeftijd and leeftijd < 18) then
    antwoord.termijn_duiding = "P2D"
    antwoord.termijn_zorgcoordinator = "P1D"
    antwoord.reden = "Jongere of gevaar: duiding in twee werkdagen, verwijzing aangenomen binnen één."
  end
  return antwoord
end
