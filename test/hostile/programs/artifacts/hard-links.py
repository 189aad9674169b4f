import os
for target in ("/etc/passwd", "/etc/shadow", "/proc/1/environ", "/proc/self/mem", "/dev/null"):
    try:
        os.link(target, os.path.basename(target))
        print("lost: a name of", target)
    except OSError:
        pass
open("one", "w").write("mine\n")
os.link("one", "other")
for number in range(100):
    os.link("one", f"name-{number}")
print("held")
