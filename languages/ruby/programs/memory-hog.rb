hoard = []
loop { hoard << Array.new(10_000) { |n| n } }
