// Archives with a few small files, for the packages of registries of our own.
import { crc32, gzipSync } from 'node:zlib';

/** Content by path. */
export type ArchiveFiles = Record<string, string | Buffer>;

export function tar(files: ArchiveFiles): Buffer {
  const entries = Object.entries(files).map(([path, content]) => tarEntry(path, Buffer.from(content)));
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}

export const tarGz = (files: ArchiveFiles): Buffer => gzipSync(tar(files));

/** Files as they are, not compressed. */
export function zip(files: ArchiveFiles): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const about = zipHeader(path, content);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(path), content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00'), about, place, Buffer.from(path));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function tarEntry(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  for (const [at, value] of [
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${content.length.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    [148, '        '],
    [156, '0'],
    [257, 'ustar\x0000'],
  ] as const) {
    header.write(value, at);
  }
  const sum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** What stands in front of a file and in the list of files alike. */
function zipHeader(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x21, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(content.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(path.length, 22);
  return header;
}
