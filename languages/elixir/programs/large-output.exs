for number <- 0..99_999, do: IO.puts("line #{number}")
