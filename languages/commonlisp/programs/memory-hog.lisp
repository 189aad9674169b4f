(let ((hoard '()))
  (loop (push (make-array 10000 :initial-element 1) hoard)))
