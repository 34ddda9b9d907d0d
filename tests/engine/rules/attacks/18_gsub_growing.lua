-- gsub whose output grows a thousandfold.
-- expect: harmless
return function(ctx)
  local breach = pcall(string.gsub, ('x'):rep(10000), 'x', ('y'):rep(10000))
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
