limit = 100_000
prime = Array.new(limit, true)
(2...limit).each do |n|
  (n * n).step(limit - 1, n) { |multiple| prime[multiple] = false } if prime[n]
end
primes = (2...limit).select { |n| prime[n] }
puts "#{primes.size} #{primes.sum}"
