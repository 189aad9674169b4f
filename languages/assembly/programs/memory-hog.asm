        global  main
        extern  malloc, memset

SIZE    equ     1 << 20

        section .text
main:
        sub     rsp, 8
.more:
        mov     edi, SIZE
        call    malloc
        test    rax, rax
        jz      .more
        mov     rdi, rax
        mov     esi, 1
        mov     edx, SIZE
        call    memset
        jmp     .more
