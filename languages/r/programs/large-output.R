for (number in 0:99999) cat("line ", number, "\n", sep = "")
