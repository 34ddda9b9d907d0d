-- An error with NUL, CR LF and escape codes, to forge lines in a log.
-- expect: error
return function(ctx)
  error('x\0\r\nbreach\27[2J')
end
