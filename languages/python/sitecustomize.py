# Python imports this in each start, before the program. Started ahead, with -X ready, it waits here until there is one, and goes on
# as ever. Nothing of it is left for the program to see.
import sys

if sys._xoptions.pop("ready", False):
    import _braindrill_ready

    _braindrill_ready.wait()
    sys.argv[0] = sys.orig_argv[-1] = "main.py"
    at = sys.orig_argv.index("ready")
    del sys.orig_argv[at - 1 : at + 1], at, sys.modules["_braindrill_ready"], _braindrill_ready
