LIMIT = 100_000_i64

prime = Array.new(LIMIT, true)
primes = (2_i64...LIMIT).select do |n|
  (n * n).step(to: LIMIT, by: n, exclusive: true) { |multiple| prime[multiple] = false } if prime[n]
  prime[n]
end
puts "#{primes.size} #{primes.sum}"
