IO.puts(:stderr, "only a warning")
