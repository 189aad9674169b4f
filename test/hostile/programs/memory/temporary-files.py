block = b"x" * (1 << 20)
for n in range(100):
    with open(f"/tmp/{n}", "wb") as file:
        file.write(block)
print("lost: 100 MB fit")
