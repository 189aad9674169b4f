import os
found = []
for folder in ("/job", "/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", "/home"):
    for path, folders, files in os.walk(folder):
        found += [os.path.join(path, name) for name in files if "secret" in name or folder in ("/job", "/tmp", "/dev/shm")]
found.remove("/job/main.py")
print(f"lost: {found}" if found else "held")
