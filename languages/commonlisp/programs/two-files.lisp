(load "helper.lisp")
(format t "~a~%" (twice 21))
