"only a warning\n" | stderr | empty
