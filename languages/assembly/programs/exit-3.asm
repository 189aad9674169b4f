        global  main
        extern  puts

        section .text
main:
        sub     rsp, 8
        mov     edi, text
        call    puts
        mov     eax, 3
        add     rsp, 8
        ret

        section .rodata
text:   db      "leaving", 0
