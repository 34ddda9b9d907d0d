-- An error that is a table, caught by nobody.
-- expect: error
return function(ctx)
  error({ geheim = ctx.gemeente })
end
