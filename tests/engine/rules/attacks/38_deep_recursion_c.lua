-- Recursion through C: pcall in pcall in pcall, until the C stack is said to be full.
-- expect: harmless
return function(ctx)
  local function f(n)
    local ok, m = pcall(f, n + 1)
    return n
  end
  local breach = f(1) ~= 1
  local answer = landelijk(ctx)
  answer.reden = breach and "breach" or "harmless"
  return answer
end
