-- Reading files.
-- expect: error
return function(ctx)
  return io.open('/etc/passwd')
end
