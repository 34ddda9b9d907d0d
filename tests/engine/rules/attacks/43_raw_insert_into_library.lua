-- table.insert and table.sort write raw: into a library they cannot.
-- expect: harmless
return function(ctx)
  local breach = pcall(table.insert, string, 'x') or pcall(table.sort, string) or pcall(table.move, { 1 }, 1, 1, 1, math)
  breach = breach or pcall(table.remove, utf8) or pcall(table.insert, ctx.feiten, 1)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
