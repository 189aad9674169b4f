from helper import twice

print(twice(21))
