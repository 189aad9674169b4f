[repeat(1)]
