-- gsub with a function that calls gsub, and so on.
-- expect: budget|memory|error
return function(ctx)
  local function deeper(s) return (s:gsub('.', deeper)) end
  return deeper('aaaa')
end
