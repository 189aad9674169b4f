note "only a warning";
