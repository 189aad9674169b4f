(let loop ((hoard '()))
  (loop (cons (make-vector 10000 1) hoard)))
