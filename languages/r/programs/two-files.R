source("helper.R")
cat(twice(21), "\n", sep = "")
