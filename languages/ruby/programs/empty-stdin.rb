puts "read #{$stdin.read.length} characters"
