-- A value used as the name of a global or a fact, so that the error message carries it out.
-- expect: error
return function(ctx)
  local value = ctx.feiten.overleg_soort
  return _ENV['x' .. value .. 'geheim' .. 1]
end
