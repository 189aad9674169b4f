puts "[llength $argv] [lindex $argv end]"
