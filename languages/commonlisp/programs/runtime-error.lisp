(defun quotient (a b)
  (/ a b))

(print (quotient 1 0))
