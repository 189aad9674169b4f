        global  main
        extern  write

        section .text
main:
        sub     rsp, 8
        mov     edi, 2
        mov     esi, text
        mov     edx, length
        call    write
        xor     eax, eax
        add     rsp, 8
        ret

        section .rodata
text:   db      "only a warning", 10
length  equ     $ - text
