-- Functions of the host with wrong types, negative and huge numbers.
-- expect: harmless
return function(ctx)
  local breach = false
  for _, bad in ipairs({ -1, math.maxinteger, math.mininteger, 1e308, -0.0, '', {}, landelijk, true }) do
    pcall(landelijk, bad)
    breach = breach or pcall(datum.plus, bad, bad) or pcall(datum.weekdag, bad) or pcall(datum.plus, '2026-03-02', bad)
    breach = breach or pcall(setmetatable, ctx, bad)
    pcall(string.sub, bad, bad, bad)
    pcall(table.unpack, bad, bad, bad)
    pcall(select, bad, bad)
    pcall(string.rep, bad, bad, bad)
    pcall(utf8.char, bad)
    pcall(utf8.codepoint, 'x', bad, bad)
    pcall(utf8.offset, 'x', bad, bad)
    pcall(string.format, bad, bad)
  end
  breach = breach or pcall(datum.plus, '2026-03-02', 'P999999999D') or pcall(datum.plus, '9999-12-31', 'P99999Y')
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
