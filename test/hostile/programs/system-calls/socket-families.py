import socket
lost = []
for family in range(64):
    for kind in range(1, 11):
        try:
            socket.socket(family, kind).close()
        except OSError:
            continue
        if family not in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6):
            lost.append(family)
        elif kind not in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET) and family != socket.AF_UNIX:
            lost.append((family, kind))
print(f"lost: {lost}" if lost else "held")
