lines <- readLines(file("stdin"), warn = FALSE)
cat("read", sum(nchar(lines)), "characters\n")
