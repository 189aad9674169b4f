warn "only a warning"
