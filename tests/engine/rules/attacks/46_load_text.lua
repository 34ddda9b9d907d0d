-- load of text: code that nobody checked.
-- expect: error
return function(ctx)
  return load('return 1')()
end
