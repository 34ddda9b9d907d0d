-- Zeeland bundelt signalen en noemt RIEC, politie en Arbeidsinspectie. De volgorde verschilt per soort signaal.
return function(ctx)
  local ontvangers = { "AVI", "NLA", "RIE" }
  if ctx.feiten.vorm == "arbeid" then
    ontvangers = { "NLA", "AVI", "RIE" }
  elseif ctx.feiten.soort_signaal and ctx.feiten.soort_signaal ~= "persoon" then
    ontvangers = { "RIE", "AVI", "NLA" }
  end
  return {
    ontvangers = ontvangers,
    gebundeld = true,
    reden = "De zorgcoördinator bundelt signalen voor RIEC, politie en Arbeidsinspectie.",
    bron = "X06 (V); volgorde: keuze van deze plugin (P)",
  }
end
