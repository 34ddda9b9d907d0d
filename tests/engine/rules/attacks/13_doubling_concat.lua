-- s = s .. s: thirty rounds are a gigabyte.
-- expect: memory|budget
return function(ctx)
  local s = 'x'
  while true do s = s .. s end
end
