import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { Worker } from "node:worker_threads";

const folder = mkdtempSync(`${tmpdir()}/`);
const code = `
  const { workerData: { folder, n } } = require("node:worker_threads");
  require("node:fs").writeFileSync(folder + "/" + n, String(n * n));`;

for (let n = 0; n < 8; n += 2) {
  const workers = [n, n + 1].map((n) => new Worker(code, { eval: true, workerData: { folder, n } }));
  await Promise.all(workers.map((worker) => new Promise((done) => worker.once("exit", done))));
}
const squares = readdirSync(folder).map((name) => Number(readFileSync(`${folder}/${name}`)));
console.log(squares.reduce((sum, square) => sum + square));
