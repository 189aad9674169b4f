#if WORD
print("flagged")
#else
print("plain")
#endif
