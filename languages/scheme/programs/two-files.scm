(load "helper.scm")
(display (twice 21))
(newline)
