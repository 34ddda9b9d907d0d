-- for loops at the edge of the integers, and a float loop whose step is lost.
-- expect: budget
return function(ctx)
  for i = math.maxinteger - 1, math.maxinteger do end
  for i = 1, 0, -1 do end
  for x = 1e308, 1e308 * 10, 1 do end
end
