-- format('%s') calls __tostring, which gives no text or does not come back.
-- expect: harmless
return function(ctx)
  local breach = pcall(string.format, '%s', setmetatable({}, { __tostring = function() return {} end }))
  breach = breach or pcall(string.format, '%s', setmetatable({}, { __tostring = function() error('x') end }))
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
