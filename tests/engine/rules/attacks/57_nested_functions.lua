-- Three hundred functions inside each other.
-- expect: refused
return function(ctx)
--@ repeat 300 return function() 
--@ repeat 300 end 
end
