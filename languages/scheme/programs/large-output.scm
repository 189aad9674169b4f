(do ((number 0 (+ number 1)))
    ((= number 100000))
  (format #t "line ~a~%" number))
