        global  main

        section .text
main:
        mov     eax, nothing
        ret
