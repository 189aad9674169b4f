cat("drill my brain\n")
