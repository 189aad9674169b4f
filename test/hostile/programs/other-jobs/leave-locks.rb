File.open("/usr/bin/ruby") { |file| file.flock(File::LOCK_EX) }
fork { file = File.open("/usr/bin/ruby"); file.flock(File::LOCK_EX); sleep }
sleep 0.1
puts "left"
