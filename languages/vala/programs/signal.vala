void main() {
    Process.raise(ProcessSignal.KILL);
}
