identification division.
program-id. arithmetic.
data division.
working-storage section.
01 largest constant as 99999.
01 sieve.
    05 composite pic 9 value 0 occurs largest times.
01 n binary-double.
01 product binary-double.
01 prime-count pic 9(4) value 0.
01 prime-sum pic 9(9) value 0.
procedure division.
    perform varying n from 2 by 1 until n > largest
        if composite(n) = 0
            add 1 to prime-count
            add n to prime-sum
            compute product = n * n
            perform until product > largest
                move 1 to composite(product)
                add n to product
            end-perform
        end-if
    end-perform
    display prime-count " " prime-sum
    stop run.
