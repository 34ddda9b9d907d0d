-- Asking the next link for ever.
-- expect: budget|memory
return function(ctx)
  while true do landelijk(ctx) end
end
