program signal
  use, intrinsic :: iso_c_binding, only: c_int
  implicit none
  interface
    integer(c_int) function raise(signal) bind(c)
      import :: c_int
      integer(c_int), value :: signal
    end function raise
  end interface
  integer(c_int), parameter :: sigkill = 9
  integer(c_int) :: status

  status = raise(sigkill)
end program signal
