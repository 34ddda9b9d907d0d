-- One string constant of a megabyte.
-- expect: refused
return function(ctx)
  local s = '
--@ repeat 1000000 x
'
end
