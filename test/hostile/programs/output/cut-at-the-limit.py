import os
os.write(1, b"x" * 65_534 + "🧠".encode())
