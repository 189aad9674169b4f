message("only a warning")
