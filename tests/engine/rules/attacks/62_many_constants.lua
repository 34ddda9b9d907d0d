-- A hundred thousand constants.
-- expect: refused
return function(ctx)
  return {
--@ repeat 100000 1.5,
}
end
