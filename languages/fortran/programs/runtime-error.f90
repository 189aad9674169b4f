program runtime_error
  implicit none
  integer, allocatable :: numbers(:)

  allocate (numbers(command_argument_count()))
  allocate (numbers(3))
  print '(i0)', size(numbers)
end program runtime_error
