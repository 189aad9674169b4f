program arguments
  implicit none
  character(len=100) :: word

  call get_command_argument(command_argument_count(), word)
  print '(i0, 1x, a)', command_argument_count(), trim(word)
end program arguments
