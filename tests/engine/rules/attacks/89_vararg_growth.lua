-- Arguments that double at every call, until the stack is full.
-- expect: error|memory|budget
return function(ctx)
  local function f(...) return f(..., ...) end
  local function g(...) return g(1, ...) end
  pcall(f, 1, 2)
  return g()
end
