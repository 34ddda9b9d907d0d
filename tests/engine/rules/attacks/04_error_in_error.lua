-- An error object that raises again when it is turned into text.
-- expect: harmless
return function(ctx)
  local breach = false
  local bad = setmetatable({}, { __tostring = function() error(setmetatable({}, {})) end })
  local ok, caught = pcall(error, bad)
  breach = ok or caught ~= bad
  local again = pcall(tostring, bad)
  breach = breach or again
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
