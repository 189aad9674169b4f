set text [read stdin]
puts "read [string length $text] characters"
