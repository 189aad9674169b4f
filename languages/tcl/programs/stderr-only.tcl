puts stderr "only a warning"
