-- An error handler that loops runs inside the hook's own error, with hooks off. There is no xpcall to give it
-- to.
-- expect: error
return function(ctx)
  return xpcall(function() error('x') end, function() while true do end end)
end
