-- De PGA-monitor van Lopik kent twaalf leefgebieden. Hun namen noemt de bron die wij lazen niet: het landelijke plan kent er ook twaalf.
return function(ctx)
  local antwoord = landelijk(ctx)
  antwoord.reden = "De PGA-monitor van Lopik kent twaalf leefgebieden; de namen zijn die van het landelijke plan."
  antwoord.bron = "X12 (V); namen (P)"
  return antwoord
end
