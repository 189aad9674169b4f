puts "drill my brain"
