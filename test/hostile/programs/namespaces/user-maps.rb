lost = %w[uid_map gid_map setgroups projid_map].select do |name|
  File.write("/proc/self/#{name}", name == "setgroups" ? "deny" : "0 0 1")
rescue SystemCallError
  false
end
puts lost.empty? ? "held" : "lost: #{lost}"
