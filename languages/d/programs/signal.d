import core.sys.posix.signal : raise, SIGKILL;

void main() {
    raise(SIGKILL);
}
