import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Square = { n: number; path: string };

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "squares-"));
  const squares: Square[] = Array.from({ length: 8 }, (_, n) => ({ n, path: join(folder, `${n}`) }));
  await Promise.all(squares.map(({ n, path }) => writeFile(path, `${n * n}`)));
  const files = await readdir(folder);
  const read = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  console.log(read.map(Number).reduce((sum, square) => sum + square, 0));
}

void main();
