import os
lost = []
for name in ("mem", "environ", "maps", "auxv", "stack", "syscall", "io", "pagemap", "root/etc/passwd", "cwd/x"):
    try:
        with open(f"/proc/1/{name}", "rb") as file:
            if file.read(1):
                lost.append(name)
    except OSError:
        pass
for link in ("exe", "cwd", "root"):
    try:
        lost.append(os.readlink(f"/proc/1/{link}"))
    except OSError:
        pass
try:
    lost += os.listdir("/proc/1/fd")
except OSError:
    pass
print(f"lost: {lost}" if lost else "held")
