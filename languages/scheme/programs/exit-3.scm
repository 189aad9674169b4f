(display "leaving\n")
(exit 3)
