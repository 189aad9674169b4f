import socket, time
kept = []
for family, address in ((socket.AF_UNIX, "\0hostile"), (socket.AF_UNIX, "/tmp/hostile"), (socket.AF_INET, ("0.0.0.0", 4321)),
                        (socket.AF_INET6, ("::", 4321))):
    try:
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        kept.append(listener)
    except OSError:
        pass
print("holding since", int(time.time() * 1000) + 1)
while True:
    time.sleep(1)
