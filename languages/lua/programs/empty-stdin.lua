local text = io.read("*a")
print("read " .. #text .. " characters")
