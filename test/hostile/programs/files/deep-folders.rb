depth = 0
begin
  loop { Dir.mkdir("d"); Dir.chdir("d"); depth += 1 }
rescue SystemCallError
end
puts depth <= 4096 ? "held" : "lost: #{depth} deep"
