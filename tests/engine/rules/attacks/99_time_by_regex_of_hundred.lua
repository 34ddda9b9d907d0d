-- Many patterns that are each just cheap enough.
-- expect: budget
return function(ctx)
  local s = ('ab '):rep(1000)
  while true do
    s:gsub('%w+%s*$', '')
    s:match('^(.-)%s*$')
  end
end
