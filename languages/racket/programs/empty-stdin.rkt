#lang racket

(printf "read ~a characters\n" (string-length (port->string)))
