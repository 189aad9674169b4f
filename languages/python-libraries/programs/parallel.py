import os
import tempfile
from threading import Thread

with tempfile.TemporaryDirectory() as folder:

    def square(n):
        with open(os.path.join(folder, str(n)), "w") as file:
            file.write(str(n * n))

    threads = [Thread(target=square, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(int(open(entry).read()) for entry in os.scandir(folder)))
