say "line $_" for ^100_000;
