-- pairs over a table whose keys are tables: their order is that of their addresses.
-- expect: error
return function(ctx)
  for key in pairs({ [{}] = 1, [{}] = 2 }) do end
end
