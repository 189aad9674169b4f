(define (ratio a b)
  (quotient a b))

(display (ratio 1 0))
