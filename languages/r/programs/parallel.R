library(parallel)

folder <- tempfile("squares")
dir.create(folder)
mclapply(0:7, function(n) cat(n * n, file = file.path(folder, n)), mc.cores = 8) |> invisible()
cat(sum(sapply(list.files(folder, full.names = TRUE), scan, quiet = TRUE)), fill = TRUE)
