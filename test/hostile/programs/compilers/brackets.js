eval('['.repeat(1_000_000));
