(define limit 100000)

(define (primes-below limit)
  (define composite (make-bitvector limit #f))
  (let loop ((n 2) (primes '()))
    (cond
     ((= n limit) (reverse primes))
     ((bitvector-bit-set? composite n) (loop (+ n 1) primes))
     (else
      (do ((multiple (* n n) (+ multiple n)))
          ((>= multiple limit))
        (bitvector-set-bit! composite multiple))
      (loop (+ n 1) (cons n primes))))))

(let ((primes (primes-below limit)))
  (format #t "~a ~a~%" (length primes) (apply + primes)))
