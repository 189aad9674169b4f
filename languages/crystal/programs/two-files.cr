require "./helper"

puts twice(21)
