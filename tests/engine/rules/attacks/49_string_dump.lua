-- string.dump gives bytecode to change.
-- expect: error
return function(ctx)
  return string.dump(function() end)
end
