BEGIN { loop { } }
puts "lost: it compiled"
