const hoard: Buffer[] = [];
while (true) hoard.push(Buffer.alloc(1_000_000, 1));
