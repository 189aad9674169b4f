-- Each command runs in a process of its own.
local commands = {}
for n = 0, 7 do
  commands[n] = io.popen("echo $((" .. n .. " * " .. n .. "))")
end

local sum = 0
for n = 0, 7 do
  sum = sum + commands[n]:read("*n")
  commands[n]:close()
end
print(sum)
