-- os.exit ends the whole engine.
-- expect: error
return function(ctx)
  os.exit(1)
end
