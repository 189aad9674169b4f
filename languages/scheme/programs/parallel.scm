(use-modules (ice-9 threads))

(define (square-in-file n)
  (let* ((port (mkstemp "/tmp/square-XXXXXX"))
         (file (port-filename port)))
    (write (* n n) port)
    (close-port port)
    file))

(define files (n-par-map 8 square-in-file (iota 8)))

(display (apply + (map (lambda (file) (call-with-input-file file read)) files)))
(newline)
