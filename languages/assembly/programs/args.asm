        global  main
        extern  printf

        section .text
main:
        sub     rsp, 8
        dec     edi
        movsxd  rax, edi
        mov     rdx, [rsi + rax * 8]
        mov     esi, edi
        mov     edi, format
        xor     eax, eax
        call    printf
        xor     eax, eax
        add     rsp, 8
        ret

        section .rodata
format: db      "%d %s", 10, 0
