const text = 'cannot run main: the disk is full';
const frame = Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(`!${text}`)]);
process.stdout.write(frame);
process.stderr.write(frame);
