import os
left = 0
for folder in ("/job", "/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", "/home"):
    try:
        os.mkdir(f"{folder}/hostile")
        with open(f"{folder}/hostile/secret", "w") as file:
            file.write("secret")
        os.chmod(f"{folder}/hostile", 0o777)
        left += 1
    except OSError:
        pass
print(f"left {left}")
