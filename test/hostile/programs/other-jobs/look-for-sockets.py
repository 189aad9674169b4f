import socket
lost = []
for family, address in ((socket.AF_UNIX, "\0hostile"), (socket.AF_UNIX, "/tmp/hostile"), (socket.AF_INET, ("127.0.0.1", 4321)),
                        (socket.AF_INET6, ("::1", 4321))):
    try:
        with socket.socket(family) as out:
            out.connect(address)
            lost.append(address)
    except OSError:
        pass
for table in ("tcp", "tcp6", "udp", "udp6", "raw", "unix"):
    try:
        with open(f"/proc/net/{table}") as file:
            rows = file.read().splitlines()[1:]
    except OSError:
        continue
    lost += [row for row in rows if table != "unix" or "hostile" in row]
try:
    socket.socket(socket.AF_UNIX).bind("\0hostile")
except OSError:
    lost.append("its name is taken")
print(f"lost: {lost}" if lost else "held")
