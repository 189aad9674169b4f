import os
count = 3
try:
    while True:
        os.open("/dev/null", os.O_RDONLY)
        count += 1
except OSError:
    pass
print("held" if count <= 256 else f"lost: {count} descriptors")
