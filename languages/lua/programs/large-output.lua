for number = 0, 99999 do
  print("line " .. number)
end
