import time
print("holding since", int(time.time() * 1000) + 1)
time.sleep(2.5)
print("still here")
