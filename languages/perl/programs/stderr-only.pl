warn "only a warning\n";
