SELECT 'line ' || value FROM generate_series(0, 99999);
