import sys
sys.setrecursionlimit(2**30)
def deeper():
    deeper()
deeper()
