program two_files
  implicit none

  print '(i0)', twice(21)
contains
  include 'helper.inc'
end program two_files
