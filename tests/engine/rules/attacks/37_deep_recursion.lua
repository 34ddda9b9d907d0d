-- Recursion without an end, in Lua.
-- expect: memory|budget|error
return function(ctx)
  local function f(n) return 1 + f(n + 1) end
  return f(1)
end
