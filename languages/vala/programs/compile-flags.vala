void main() {
#if WORD
    print("flagged\n");
#else
    print("plain\n");
#endif
}
