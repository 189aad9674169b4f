trap("XFSZ", "IGNORE")
File.open("/tmp/small", "w") { |file| loop { file.rewind; file.truncate(0); file << "x" * 4096; file.flush } }
