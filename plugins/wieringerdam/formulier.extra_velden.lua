-- Op een vakantiepark of in huisvesting voor seizoenswerk vraagt de inspecteur ook dit.
return function(ctx)
  local plek = ctx.feiten.soort_locatie
  if plek ~= "vakantiepark" and plek ~= "huisvesting_seizoenswerk" then
    return landelijk(ctx)
  end
  return {
    velden = {
      { naam = "aantal_bewoners", label = "Hoeveel mensen wonen hier?", soort = "getal", klasse = "D4", verplicht = true },
      { naam = "eigen_sleutel", label = "Hebben bewoners een eigen sleutel?", soort = "keuze", klasse = "D4", verplicht = false,
        keuzes = { "ja", "nee", "niet gezien" } },
    },
    reden = "Plekken waar mensen via hun werk wonen: vraag naar bewoners en sleutels.",
  }
end
