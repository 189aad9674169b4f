(display "drill my brain")
(newline)
