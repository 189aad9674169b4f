        global  main
        extern  getchar, printf

        section .text
main:
        push    rbx
        xor     ebx, ebx
.next:
        call    getchar
        cmp     eax, -1
        je      .end
        inc     ebx
        jmp     .next
.end:
        mov     edi, format
        mov     esi, ebx
        xor     eax, eax
        call    printf
        xor     eax, eax
        pop     rbx
        ret

        section .rodata
format: db      "read %d characters", 10, 0
