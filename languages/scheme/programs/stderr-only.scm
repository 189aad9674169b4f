(display "only a warning\n" (current-error-port))
