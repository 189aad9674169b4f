lost = []
with open("/proc/self/pagemap", "rb") as file:
    file.seek(id(lost) // 4096 * 8)
    if int.from_bytes(file.read(8), "little") & (2**55 - 1):
        lost.append("physical address")
for name in ("wchan", "stack", "syscall"):
    try:
        with open(f"/proc/self/{name}") as file:
            if "ffffffff" in file.read():
                lost.append(name)
    except OSError:
        pass
print(f"lost: {lost}" if lost else "held")
