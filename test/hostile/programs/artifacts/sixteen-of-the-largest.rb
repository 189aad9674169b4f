('a'..'p').each { |name| File.binwrite(name, Random.bytes(256 * 1024)) }
puts 'held'
