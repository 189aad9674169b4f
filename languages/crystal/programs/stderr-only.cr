STDERR.puts "only a warning"
