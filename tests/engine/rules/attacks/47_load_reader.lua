-- load with a reader function, for which 'text only' could be forgotten.
-- expect: error
return function(ctx)
  return load(function() return '\27Lua' end, 'x', 'b')
end
