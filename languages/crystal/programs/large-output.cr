100_000.times { |number| puts "line #{number}" }
