$stdout.binmode
$stdout << [1, 0, 0, 0, 0xfffffff].pack("CCCCN") << [2, 0, 0, 0, 5].pack("CCCCN") << "forge\n"
