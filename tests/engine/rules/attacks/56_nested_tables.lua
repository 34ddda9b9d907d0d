-- Ten thousand nested tables.
-- expect: refused
return function(ctx)
  return
--@ repeat 10000 {
--@ repeat 10000 }
end
