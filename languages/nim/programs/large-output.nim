for number in 0 ..< 100_000: echo "line ", number
