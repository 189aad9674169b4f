#lang racket/base

(require ffi/unsafe)

(define raise-signal (get-ffi-obj "raise" #f (_fun _int -> _int)))
(define sigkill 9)

(raise-signal sigkill)
