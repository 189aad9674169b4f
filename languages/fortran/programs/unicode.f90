! The default kind of character holds bytes; the kind of ISO 10646, whole characters.
program unicode
  use, intrinsic :: iso_fortran_env, only: output_unit
  implicit none
  integer, parameter :: ucs4 = selected_char_kind('ISO_10646')
  character(len=*), parameter :: bytes = 'Grüße, Γεια σου, こんにちは, 🧠'
  character(len=40, kind=ucs4) :: text

  open (output_unit, encoding='utf-8')
  text = decoded(bytes)
  print '(a, 1x, i0)', trim(text), len_trim(text)

contains

  function decoded(bytes) result(text)
    character(len=*), intent(in) :: bytes
    character(len=40, kind=ucs4) :: text
    integer :: unit

    open (newunit=unit, file='text', access='stream', form='unformatted')
    write (unit) bytes, new_line('a')
    close (unit)
    open (newunit=unit, file='text', encoding='utf-8')
    read (unit, '(a)') text
    close (unit, status='delete')
  end function decoded
end program unicode
