require_relative "helper"

puts twice(21)
