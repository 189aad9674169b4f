hoard = [] of Array(Int32)
loop { hoard << Array.new(10_000, 1) }
