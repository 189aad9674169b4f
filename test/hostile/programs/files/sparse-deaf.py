import errno, os
file = os.open("sparse", os.O_CREAT | os.O_RDWR)
try:
    os.ftruncate(file, 1 << 40)
    print("lost: a terabyte")
except OSError as error:
    print("held" if error.errno == errno.EFBIG else f"lost: {error}")
