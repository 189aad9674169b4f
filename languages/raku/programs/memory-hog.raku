my @hoard;
loop { @hoard.push: [1 .. 10_000] }
