import os, sys
pid = os.fork()
if pid == 0:
    hoard = []
    while True:
        hoard.append(b"x" * (1 << 20))
_, status = os.waitpid(pid, 0)
print("outlived it")
sys.exit(0 if os.WIFSIGNALED(status) else 9)
