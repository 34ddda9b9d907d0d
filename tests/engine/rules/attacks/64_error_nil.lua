-- An error that is nil.
-- expect: error
return function(ctx)
  error(nil)
end
