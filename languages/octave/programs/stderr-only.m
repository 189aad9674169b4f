fputs(stderr, "only a warning\n");
