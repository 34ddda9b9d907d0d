-- Signalen gaan gebundeld, eerst naar het RIEC; uitbuiting in werk eerst naar de Arbeidsinspectie.
return function(ctx)
  local eerst = ctx.feiten.vorm == "arbeid" and "NLA" or "RIE"
  local ontvangers = { eerst }
  for _, rol in ipairs({ "RIE", "AVI", "NLA" }) do
    if rol ~= eerst then
      ontvangers[#ontvangers + 1] = rol
    end
  end
  return { ontvangers = ontvangers, gebundeld = true, reden = "Gebundeld, " .. eerst .. " eerst." }
end
