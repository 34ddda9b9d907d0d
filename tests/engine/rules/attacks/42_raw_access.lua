-- rawset and rawget go round every protection of a table. They do not exist.
-- expect: error
return function(ctx)
  rawset(string, 'upper', nil)
end
