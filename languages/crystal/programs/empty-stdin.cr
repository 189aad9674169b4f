puts "read #{STDIN.gets_to_end.size} characters"
