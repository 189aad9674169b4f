lines <- readLines(file("stdin"))
cat("read", sum(nchar(lines)), "characters\n")
