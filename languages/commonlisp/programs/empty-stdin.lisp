(format t "read ~d characters~%" (loop while (read-char *standard-input* nil) count t))
