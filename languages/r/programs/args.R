args <- commandArgs(trailingOnly = TRUE)
cat(sprintf("%d %s\n", length(args), tail(args, 1)))
