-- De vrijdag na Hemelvaart is het gemeentehuis dicht; buiten kantooruren is er een piket.
return function(ctx)
  local jaar = ctx.feiten.jaar
  local dicht = {}
  if jaar == 2026 then dicht = { "2026-05-15" } end
  if jaar == 2027 then dicht = { "2027-05-07" } end
  local piket = {}
  for _, dag in ipairs({ "ma", "di", "wo", "do", "vr", "za", "zo" }) do
    piket[#piket + 1] = { dag = dag, van = "17:00", tot = "08:30", partij = "piket-wieringerdam" }
  end
  return { sluitingsdagen = dicht, bereikbaarheid = piket, reden = "Brugdag na Hemelvaart; piket buiten kantooruren." }
end
