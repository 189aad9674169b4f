        section .text
twice:
        lea     eax, [rdi + rdi]
        ret
