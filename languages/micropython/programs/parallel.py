import _thread
import time

squares = []


def square(n):
    with open("square-%d" % n, "w") as file:
        file.write(str(n * n))
    squares.append(n)


for n in range(8):
    _thread.start_new_thread(square, (n,))
while len(squares) < 8:
    time.sleep(0.01)
total = 0
for n in squares:
    with open("square-%d" % n) as file:
        total += int(file.read())
print(total)
