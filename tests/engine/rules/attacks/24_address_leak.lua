-- '%p' and tostring of a table show addresses: they differ per run, so a replay would too, and they help an
-- attacker.
-- expect: harmless
return function(ctx)
  local breach = pcall(string.format, '%p', {})
  breach = breach or tostring({}) ~= 'table' or tostring(tostring) ~= 'function'
  breach = breach or tostring(ctx.feiten) ~= 'table' or ('%s'):format({}) ~= 'table'
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
