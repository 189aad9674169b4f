import os, socket, time
os.mkfifo("pipe"); os.mkfifo("fed")
socket.socket(socket.AF_UNIX).bind("socket")
os.makedirs("folder/deep")
if os.fork() == 0:
    os.setsid()
    with open("fed", "r+b", buffering=0) as fed:
        fed.write(b"lost: a pipe was read\n")
        time.sleep(60)
time.sleep(0.1)
print("held")
