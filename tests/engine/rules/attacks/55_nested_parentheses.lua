-- Ten thousand nested parentheses: the parser recurses.
-- expect: refused
return function(ctx)
  return
--@ repeat 10000 (
1
--@ repeat 10000 )
end
