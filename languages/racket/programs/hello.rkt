#lang racket/base

(displayln "drill my brain")
