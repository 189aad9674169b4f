program large_output
  implicit none
  integer :: number
  do number = 0, 99999
    print '(a, i0)', 'line ', number
  end do
end program large_output
