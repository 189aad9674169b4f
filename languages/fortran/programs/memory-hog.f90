program memory_hog
  implicit none
  type :: block
    integer :: numbers(10000)
    type(block), pointer :: next => null()
  end type block
  type(block), pointer :: hoard, new

  nullify (hoard)
  do
    allocate (new)
    new%numbers = 1
    new%next => hoard
    hoard => new
  end do
end program memory_hog
