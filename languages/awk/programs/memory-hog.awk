BEGIN { while (1) hoard[n++] = sprintf("%1000d", n) }
