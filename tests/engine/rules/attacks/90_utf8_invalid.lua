-- Half characters through the utf8 functions.
-- expect: harmless
return function(ctx)
  local breach = pcall(utf8.codepoint, '\xff') or pcall(utf8.char, -1)
  breach = breach or utf8.len('\xff') ~= nil
  pcall(function() for _ in utf8.codes(('\x80'):rep(1000)) do end end)
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
