program stderr_only
  use, intrinsic :: iso_fortran_env, only: error_unit
  implicit none
  write (error_unit, '(a)') 'only a warning'
end program stderr_only
