local hoard = {}
while true do
  hoard[#hoard + 1] = ("x"):rep(10000) .. #hoard
end
