(write-line "only a warning" *error-output*)
