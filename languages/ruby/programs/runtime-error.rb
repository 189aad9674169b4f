def ratio(a, b) = a / b

puts ratio(1, 0)
