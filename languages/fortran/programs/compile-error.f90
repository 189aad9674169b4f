program compile_error
  implicit none
  print '(i0)', nothing
end program compile_error
