limit = 100_000
prime = [True] * limit
for n in range(2, limit):
    if prime[n]:
        for multiple in range(n * n, limit, n):
            prime[multiple] = False
primes = [n for n in range(2, limit) if prime[n]]
print(len(primes), sum(primes))
