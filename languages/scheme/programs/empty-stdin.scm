(use-modules (ice-9 textual-ports))

(format #t "read ~a characters~%" (string-length (get-string-all (current-input-port))))
