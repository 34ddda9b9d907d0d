-- A loop made of goto.
-- expect: budget
return function(ctx)
  ::again::
  goto again
end
