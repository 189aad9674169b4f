program exit_3
  implicit none
  print '(a)', 'leaving'
  stop 3, quiet=.true.
end program exit_3
