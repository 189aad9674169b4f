import os, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for name, size in (("terabyte", 1 << 40), ("large", 15 << 20), ("one-more", (256 << 10) + 1), ("most", 256 << 10)):
    with open(name, "wb") as file:
        try:
            os.truncate(name, size)
        except OSError:
            pass
print("held")
