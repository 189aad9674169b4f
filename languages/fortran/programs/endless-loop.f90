program endless_loop
  implicit none
  do
  end do
end program endless_loop
