        global  main
        extern  printf

%include "helper.asm"

        section .text
main:
        sub     rsp, 8
        mov     edi, 21
        call    twice
        mov     edi, format
        mov     esi, eax
        xor     eax, eax
        call    printf
        xor     eax, eax
        add     rsp, 8
        ret

        section .rodata
format: db      "%d", 10, 0
