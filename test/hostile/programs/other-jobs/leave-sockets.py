import os, socket, time
listener = socket.socket(socket.AF_UNIX)
listener.bind("\0hostile")
listener.listen()
port = socket.socket()
port.bind(("127.0.0.1", 4321))
port.listen()
if os.fork() == 0:
    os.setsid()
    time.sleep(3600)
print("left")
