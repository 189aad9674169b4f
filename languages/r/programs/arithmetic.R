limit <- 100000
prime <- rep(TRUE, limit)
prime[1] <- FALSE
for (n in 2:floor(sqrt(limit))) {
  if (prime[n]) prime[seq(n * n, limit, by = n)] <- FALSE
}
primes <- which(prime)
cat(length(primes), sum(primes), "\n")
