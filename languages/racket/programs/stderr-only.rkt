#lang racket/base

(eprintf "only a warning\n")
