import os, time
for byte in "größe 🧠\n".encode():
    os.write(1, bytes([byte]))
    time.sleep(0.01)
