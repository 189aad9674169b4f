global main
extern puts

section .text
main:
  sub rsp, 8
  mov edi, text
  call puts
  xor eax, eax
  add rsp, 8
  ret

section .rodata
text: db X, 0
