program hello
  implicit none
  print '(a)', 'drill my brain'
end program hello
