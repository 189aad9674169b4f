        global  main
        extern  printf

        section .text
main:
        sub     rsp, 8
        mov     esi, greeting
        xor     edx, edx
        mov     rcx, rsi
.next:
        mov     al, [rcx]
        test    al, al
        jz      .end
        inc     rcx
        and     al, 0xC0
        cmp     al, 0x80                ; a byte that continues a character
        je      .next
        inc     edx
        jmp     .next
.end:
        mov     edi, format
        xor     eax, eax
        call    printf
        xor     eax, eax
        add     rsp, 8
        ret

        section .rodata
greeting:
        db      "Grüße, Γεια σου, こんにちは, 🧠", 0
format: db      "%s %d", 10, 0
