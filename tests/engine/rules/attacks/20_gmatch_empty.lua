-- gmatch over an empty match, again and again: it must move on.
-- expect: budget
return function(ctx)
  while true do
    for _ in ('aaaaaaaaaa'):gmatch('') do end
  end
end
