class CompileError {
    static int Main() => nothing;
}
