source helper.tcl
puts [twice 21]
