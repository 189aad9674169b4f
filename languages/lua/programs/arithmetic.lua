local limit = 100000
local composite = {}
local count, sum = 0, 0
for n = 2, limit - 1 do
  if not composite[n] then
    count = count + 1
    sum = sum + n
    for multiple = n * n, limit - 1, n do
      composite[multiple] = true
    end
  end
end
print(count, sum)
