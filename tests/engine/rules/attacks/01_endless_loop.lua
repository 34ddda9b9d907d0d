-- The oldest one: a loop without an end.
-- expect: budget
return function(ctx)
  while true do end
end
