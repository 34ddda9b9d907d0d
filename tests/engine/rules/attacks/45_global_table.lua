-- _G, and through it everything.
-- expect: error
return function(ctx)
  return _G.string
end
