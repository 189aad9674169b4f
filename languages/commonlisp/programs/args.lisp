(let ((args (rest sb-ext:*posix-argv*)))
  (format t "~d ~a~%" (length args) (first (last args))))
