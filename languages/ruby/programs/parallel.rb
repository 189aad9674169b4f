require "tmpdir"

Dir.mktmpdir do |folder|
  pids = (0...8).map { |n| fork { File.write("#{folder}/#{n}", n * n) } }
  pids.each { |pid| Process.wait(pid) }
  puts Dir.children(folder).sum { |name| File.read("#{folder}/#{name}").to_i }
end
