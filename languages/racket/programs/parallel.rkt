#lang racket

(define folder (make-temporary-directory))

(define threads
  (for/list ([n 8])
    (thread (lambda () (write-to-file (* n n) (build-path folder (~a n)))))))

(for-each thread-wait threads)
(displayln (for/sum ([file (directory-list folder #:build? #t)]) (file->value file)))
