program empty_stdin
  use, intrinsic :: iso_fortran_env, only: input_unit, iostat_end
  implicit none
  integer :: count, status
  character :: letter

  count = 0
  do
    read (input_unit, '(a)', advance='no', iostat=status) letter
    if (status == iostat_end) exit
    count = count + 1
  end do
  print '(a, i0, a)', 'read ', count, ' characters'
end program empty_stdin
