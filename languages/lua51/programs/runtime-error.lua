local function ratio(a, b)
  return a / b
end

print(ratio(1, nil))
