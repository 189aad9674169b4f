io.stderr:write("only a warning\n")
