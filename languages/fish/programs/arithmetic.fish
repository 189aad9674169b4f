set primes (seq 2 99999 | factor | string replace --filter --regex '^(\d+): \d+$' '$1')
echo (count $primes) (string join + $primes | math)
