ratio <- function(a, b) a / b

print(ratio("one", 0))
