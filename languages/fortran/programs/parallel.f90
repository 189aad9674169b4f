program parallel
  use omp_lib, only: omp_get_thread_num
  implicit none
  integer :: unit, square, total, status

  open (newunit=unit, status='scratch')
  !$omp parallel num_threads(8)
  !$omp critical
  write (unit, *) omp_get_thread_num()**2
  !$omp end critical
  !$omp end parallel

  rewind (unit)
  total = 0
  do
    read (unit, *, iostat=status) square
    if (status /= 0) exit
    total = total + square
  end do
  print '(i0)', total
end program parallel
