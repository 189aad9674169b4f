        global  main
        extern  pthread_create, pthread_join, printf

THREADS equ     8

        section .text
main:
        push    rbx
        xor     ebx, ebx
.start:
        lea     rdi, [threads + rbx * 8]
        xor     esi, esi
        mov     edx, square
        mov     rcx, rbx
        call    pthread_create
        inc     ebx
        cmp     ebx, THREADS
        jb      .start
.join:
        dec     ebx
        mov     rdi, [threads + rbx * 8]
        xor     esi, esi
        call    pthread_join
        test    ebx, ebx
        jnz     .join

        mov     edi, format
        mov     esi, [sum]
        xor     eax, eax
        call    printf
        xor     eax, eax
        pop     rbx
        ret

square:
        imul    edi, edi
        lock add [sum], edi
        xor     eax, eax
        ret

        section .rodata
format: db      "%d", 10, 0

        section .bss
threads:
        resq    THREADS
sum:    resd    1
