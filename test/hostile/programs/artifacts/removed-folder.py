import os, shutil
os.makedirs("a/b"); open("a/b/file", "w").write("mine\n")
os.chdir("a/b")
os.rename("/job/a", "/job/c")
try:
    os.rename("/job/c", "/tmp/c")
    print("lost: a folder left its file system")
except OSError:
    pass
for name in ("/job", "/tmp/../job"):
    try:
        os.rename(name, "/tmp/job")
        print("lost: the folder was moved")
    except OSError:
        pass
os.symlink("/tmp", "/job/a"); os.makedirs("/tmp/b"); open("/tmp/b/file", "w").write("elsewhere\n")
print("held")
