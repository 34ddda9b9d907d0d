-- debug, os and io through whatever table can be reached.
-- expect: harmless
return function(ctx)
  local breach = false
  for _, library in ipairs({ string, table, math, utf8, datum }) do
    for _, name in ipairs({ 'debug', 'os', 'io', 'dump', 'getupvalue', '__index', '_G', 'load', 'random' }) do
      breach = breach or library[name] ~= nil
    end
  end
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
