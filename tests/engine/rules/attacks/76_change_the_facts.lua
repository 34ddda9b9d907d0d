-- Changing the facts while the host goes on using them.
-- expect: harmless
return function(ctx)
  local f = ctx.feiten
  local breach = pcall(function() f.overleg_soort = 'x' end)
  breach = breach or pcall(function() ctx.gemeente = 'GM0001' end)
  breach = breach or pcall(setmetatable, f, {}) or getmetatable(f) ~= nil
  breach = breach or f.overleg_soort ~= 'casus'
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
