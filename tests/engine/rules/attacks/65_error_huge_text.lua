-- An error of many kilobytes: it must not reach a log.
-- expect: error|memory|budget
return function(ctx)
  error(('geheim'):rep(40000))
end
