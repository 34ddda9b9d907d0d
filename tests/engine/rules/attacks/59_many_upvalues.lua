-- Functions that close over too much, nested until the parser gives up.
-- expect: refused
return function(ctx)
  local a
--@ repeat 250 local function f() return a + 
end
