import os
for number in range(1, 65):
    os.kill(1, number)
os.kill(1, 0)
print("held")
