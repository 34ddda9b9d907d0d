-- Tail calls for ever: no stack grows.
-- expect: budget
return function(ctx)
  local function f() return f() end
  return f()
end
