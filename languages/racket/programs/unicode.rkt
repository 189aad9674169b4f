#lang racket/base

(define größe "Grüße, Γεια σου, こんにちは, 🧠")
(printf "~a ~a\n" größe (string-length größe))
