        global  main
        extern  raise

SIGKILL equ     9

        section .text
main:
        sub     rsp, 8
        mov     edi, SIGKILL
        call    raise
        xor     eax, eax
        add     rsp, 8
        ret
