lost = File.readlines("/proc/net/route").drop(1)
lost += File.readlines("/proc/net/ipv6_route").reject { |line| line.split.last == "lo" } if File.exist?("/proc/net/ipv6_route")
lost += File.readlines("/proc/net/dev").drop(2).reject { |line| line.strip.start_with?("lo:") }
lost += File.readlines("/proc/net/arp").drop(1)
puts lost.empty? ? "held" : "lost: #{lost}"
