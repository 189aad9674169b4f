IO.puts("drill my brain")
