import Glibc

print("leaving")
exit(3)
