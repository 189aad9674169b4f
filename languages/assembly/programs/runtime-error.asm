        global  main

        section .text
main:
        mov     eax, 1
        cdq
        dec     edi                     ; the arguments without the program's name: none
        idiv    edi
        ret
