puts "#{ARGV.size} #{ARGV.last}"
