stderr.writeLine "only a warning"
