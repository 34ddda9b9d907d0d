-- Reading a fact that the manifest does not declare.
-- expect: error
return function(ctx)
  return ctx.feiten.naam_van_het_slachtoffer
end
