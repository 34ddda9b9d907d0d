-- A source of a megabyte.
-- expect: refused
return function(ctx)
--@ repeat 70000 local_name_x = 1 
end
