-- _ENV exchanged, emptied, given a metatable: only the script's own call is in it.
-- expect: harmless
return function(ctx)
  local breach = getmetatable(_ENV) ~= nil
  breach = breach or pcall(setmetatable, _ENV, {})
  local landelijk, old = landelijk, _ENV
  do
    local _ENV = { ctx = ctx }
    breach = breach or string ~= nil
  end
  old.string = nil
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
