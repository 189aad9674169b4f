        global  _start

        section .text
_start:
        mov     eax, 1          ; write
        mov     edi, 1
        mov     rsi, text
        mov     edx, length
        syscall
        mov     eax, 60         ; exit
        mov     edi, 3
        syscall

        section .rodata
text:   db      "leaving", 10
length  equ     $ - text
