#lang racket/base

(for ([number 100000])
  (printf "line ~a\n" number))
