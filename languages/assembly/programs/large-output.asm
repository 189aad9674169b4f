        global  main
        extern  printf

        section .text
main:
        push    rbx
        xor     ebx, ebx
.next:
        mov     edi, format
        mov     esi, ebx
        xor     eax, eax
        call    printf
        inc     ebx
        cmp     ebx, 100000
        jb      .next
        xor     eax, eax
        pop     rbx
        ret

        section .rodata
format: db      "line %d", 10, 0
