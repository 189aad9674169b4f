        global  main
        extern  printf

LIMIT   equ     100000

        section .text
main:
        sub     rsp, 8
        xor     esi, esi                ; how many primes
        xor     edx, edx                ; their sum
        mov     ecx, 2
.number:
        cmp     byte [composite + rcx], 0
        jne     .next
        inc     rsi
        add     rdx, rcx
        mov     rax, rcx
        imul    rax, rcx
.multiple:
        cmp     rax, LIMIT
        jae     .next
        mov     byte [composite + rax], 1
        add     rax, rcx
        jmp     .multiple
.next:
        inc     rcx
        cmp     rcx, LIMIT
        jb      .number

        mov     edi, format
        xor     eax, eax
        call    printf
        xor     eax, eax
        add     rsp, 8
        ret

        section .rodata
format: db      "%ld %ld", 10, 0

        section .bss
composite:
        resb    LIMIT
