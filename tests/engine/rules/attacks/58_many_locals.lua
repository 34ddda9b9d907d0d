-- More than two hundred local variables.
-- expect: refused
return function(ctx)
--@ repeat 300 local x = 1 
end
