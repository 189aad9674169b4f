import os, signal
children = []
try:
    while len(children) < 10_000:
        pid = os.fork()
        if pid == 0:
            signal.pause()
        children.append(pid)
except OSError:
    pass
print("held" if len(children) < 64 else f"lost: {len(children)} children")
