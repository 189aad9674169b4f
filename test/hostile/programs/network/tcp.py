import errno, socket
lost = []
for address in ("192.0.2.1", "198.51.100.1", "203.0.113.1"):
    for port in (22, 53, 80, 443, 2375, 8080):
        with socket.socket() as out:
            out.settimeout(0.5)
            problem = out.connect_ex((address, port))
            if problem != errno.ENETUNREACH:
                lost.append((address, port, problem))
print(f"lost: {lost}" if lost else "held")
