#lang racket/base
(require "helper.rkt")

(displayln (twice 21))
