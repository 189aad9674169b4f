hoard = {};
while true
  hoard{end + 1} = rand(100);
end
