#lang racket/base
(define args (vector->list (current-command-line-arguments)))
(printf "~a ~a\n" (length args) (car (reverse args)))
