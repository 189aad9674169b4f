import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(0.5)
        os.write(1, b"lost: the daemon lives\n")
        time.sleep(600)
    os._exit(0)
os.wait()
print("main ends")
