#lang racket

(define limit 100000)

(define (primes-below limit)
  (define composite (make-vector limit #f))
  (for/list ([n (in-range 2 limit)]
             #:unless (vector-ref composite n))
    (for ([multiple (in-range (* n n) limit n)])
      (vector-set! composite multiple #t))
    n))

(define primes (primes-below limit))
(printf "~a ~a\n" (length primes) (apply + primes))
