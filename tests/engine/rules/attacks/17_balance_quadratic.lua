-- '%b()' on many '(' walks to the end from every place.
-- expect: budget
return function(ctx)
  local s = ('('):rep(200000)
  return s:find('%b()')
end
