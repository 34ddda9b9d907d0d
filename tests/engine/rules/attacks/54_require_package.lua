-- require and package load C code.
-- expect: error
return function(ctx)
  return require('os'), package.loadlib
end
