(defun primes-below (limit)
  (let ((composite (make-array limit :element-type 'bit)))
    (loop for n from 2 below limit
          when (zerop (aref composite n))
            collect n
            and do (loop for multiple from (* n n) below limit by n
                         do (setf (aref composite multiple) 1)))))

(let ((primes (primes-below 100000)))
  (format t "~d ~d~%" (length primes) (reduce #'+ primes)))
