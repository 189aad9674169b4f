program arithmetic
  use, intrinsic :: iso_fortran_env, only: int64
  implicit none
  integer, parameter :: limit = 99999
  logical :: prime(2:limit)
  integer(int64) :: n, total

  prime = .true.
  total = 0
  do n = 2, limit
    if (.not. prime(n)) cycle
    total = total + n
    if (n * n <= limit) prime(n * n::n) = .false.
  end do
  print '(i0, 1x, i0)', count(prime), total
end program arithmetic
