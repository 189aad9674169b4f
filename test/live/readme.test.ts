// The README is held to its word: its commands are run as they stand, its tables are compared with the code.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { languageListSchema } from '../../src/api/language-schemas.js';
import { ENVIRONMENT, loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { HOST_CODES } from '../../src/host-finding.js';
import { loadLanguages } from '../../src/languages.js';
import { checkLeaksAfterEach, hasEnded, KEY, service, submit, untilJob } from './service.js';

checkLeaksAfterEach();

// The widths of a table's columns say nothing.
const readme = readFileSync(`${PROJECT_ROOT}/README.md`, 'utf8').replace(/ {2,}\|/g, ' |');
const commands = [...readme.matchAll(/```bash\n(.*?)```/gs)].map(([, command]) => (command as string).trim());
const PLACEHOLDER = '550e8400-e29b-41d4-a716-446655440000';

/** Runs a command of the README in bash, against the service of the tests. */
async function run(command: string): Promise<string> {
  const here = command.replaceAll('http://localhost:8080', service.apiUrl);
  return (await promisify(execFile)('bash', ['-c', here.replaceAll('curl ', 'curl -sS --fail-with-body ')]))
    .stdout;
}

/** The README's curl command that has all these words in it. */
function find(...words: string[]): string {
  const found = commands.filter(
    (command) => command.startsWith('curl') && words.every((word) => command.includes(word)),
  );
  expect(found, words.join(' ')).toHaveLength(1);
  return found[0] as string;
}

test('the two commands are the ones that there are', () => {
  expect(commands.slice(0, 2)).toEqual(['./deploy.sh', 'npm test']);
});

test.each([
  ['with the key in a header', 'python \\', 'text/plain'],
  ['with the key in the query', 'python?api_key='],
])('running code %s prints its output', async (_, ...words) => {
  expect(await run(find(...words))).toBe('Hello World\n');
});

test('asking for JSON gives the whole job', async () => {
  const job = JSON.parse(await run(find('Accept: application/json')));
  expect(job).toMatchObject({ status: 'failed', reason: 'exit_code', exit_code: 3, output: 'out\n' });
  const firstCells = [...readme.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell]) => cell as string);
  const fields = firstCells.flatMap((cell) => cell.match(/[a-z_]+/g) ?? []);
  for (const field of Object.keys(job))
    if (!['job_id', 'language'].includes(field)) expect(fields).toContain(field);
});

test('a job that is sent to its language’s path answers with its output', async () => {
  expect(await run(find('vnd.braindrill.job+json'))).toBe('42\n');
});

test('a job is submitted, read and listed', async () => {
  const { job_id: id } = JSON.parse(await run(find('/jobs \\', 'Hello World')));
  await untilJob(id, hasEnded);
  const job = JSON.parse(await run(find(PLACEHOLDER).replace(PLACEHOLDER, id)));
  expect(job).toMatchObject({
    job_id: id,
    language: 'python',
    status: 'completed',
    output: 'Hello World\n',
    error: null,
  });
  const list = JSON.parse(await run(find('limit=10')));
  expect(list.jobs[0].job_id).toBe(id);
});

test('a job with files and runs is compiled once, and each of its runs is accepted', async () => {
  const { job_id: id } = JSON.parse(await run(find('/jobs \\', 'stop_at_first_failure')));
  const job = await untilJob(id, hasEnded);
  expect(job).toMatchObject({ status: 'completed', verdict: 'accepted', runs_stopped: null });
  expect(job.runs?.map(({ stdout }) => stdout)).toEqual(['3\n', '42\n']);
  for (const field of Object.keys(job.runs?.[0] ?? {})) expect(readme).toContain(`\`${field}\``);
});

test('the languages are told, with their versions', async () => {
  const { languages } = languageListSchema.parse(JSON.parse(await run(find('/languages'))));
  for (const { id, available, version, tested_at, note } of languages) {
    expect(available ? version : note, id).toMatch(available ? /^\d+(\.\d+)*$/ : /deploy\.sh$/);
    if (available) expect(Date.now() - Date.parse(tested_at as string), id).toBeLessThan(3_600_000);
  }
  const versions = new Map(languages.map(({ id, version }) => [id, version]));
  expect(versions.get('python')).toMatch(/^3\./);
  expect(versions.get('perl')).toMatch(/^5\./);
  expect(languages.filter(({ available }) => available)).toHaveLength(10);
  expect(languages.map(({ id }) => id).slice(0, 6)).toEqual([
    ...['java', 'python', 'ruby', 'perl', 'javascript', 'php'],
  ]);
});

test('health and readiness answer', async () => {
  expect(await run(find('/health'))).toBe('healthy');
  expect(await run(find('/ready'))).toMatch(/^ready \(\d+ members\)$/);
});

test('the metrics that it names are there', async () => {
  const metrics = await run(find('/metrics'));
  const named = new Set(readme.match(/braindrill_[a-z_]+/g));
  expect(named.size).toBe(12);
  for (const name of named) expect(metrics).toContain(`# HELP ${name} `);
});

test('Temporal’s own commands answer', { timeout: 60_000 }, async () => {
  const block = commands.find((command) => command.startsWith('temporal')) as string;
  const id = await submit('python', 'print("from Temporal")', KEY);
  await untilJob(id, hasEnded);
  for (const line of block.split('\n')) {
    const command = line
      .replace('<job_id>', id)
      .replace(
        /^temporal workflow (\w+)/,
        `${service.temporalExecutable} workflow $1 --address ${service.temporalAddress}`,
      );
    const printed = await run(command);
    if (line.includes('--type status')) expect(printed).toContain('completed');
    if (line.includes('--type result')) expect(printed).toContain('from Temporal');
  }
});

test('the table of languages is theirs', () => {
  for (const { name, id, limits } of loadLanguages(`${PROJECT_ROOT}/languages`)) {
    const row = readme
      .split('\n')
      .find((line) => line.startsWith(`| ${name} `) && line.includes(`/lang/${id}`));
    const { cpus, memoryBytes, timeLimitMs } = limits;
    expect(row, name).toContain(`| ${cpus} | ${memoryBytes / 1024 / 1024} MB | ${timeLimitMs / 1000} s |`);
  }
});

test('the table of settings has each one, and no other', () => {
  for (const [variable, key] of Object.entries(ENVIRONMENT)) {
    expect(readme, variable).toContain(`\`${variable}\``);
    expect(readme, key).toContain(`\`${key}\``);
  }
  const { http, jobs, temporal } = loadConfig({ CONFIG_FILE: '/dev/null' });
  expect([http.host, http.port, jobs.ttl, temporal.port]).toEqual(['127.0.0.1', 8080, 3_600_000, 7233]);
});

test('each code of what can be wrong with a host is explained', () => {
  for (const code of HOST_CODES) expect(readme, code).toContain(`\`${code}\``);
});

test('the folders and files that it names are there', () => {
  const layout = /^src\/job\.ts[\s\S]*?```/m.exec(readme)?.[0] ?? '';
  const paths = [...layout.matchAll(/^([a-z][\w./-]+)\s/gm)].map(([, path]) => path as string);
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) expect(existsSync(`${PROJECT_ROOT}/${path}`), path).toBe(true);
});
