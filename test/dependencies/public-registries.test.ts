// Jobs that bring dependencies along, from the registries that the clients know. A machine that reaches none fails here, and says so.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { acceptedJobSchema, jobBodySchema } from '../../src/api/job-schemas.js';
import { languageListSchema } from '../../src/api/language-schemas.js';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import type { JobFile } from '../../src/job-fields.js';
import { setUp } from '../../src/set-up.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from '../live/global-setup.js';
import {
  docker,
  expectNoContainers,
  hasEnded,
  type JobBody,
  KEY,
  request,
  service as shared,
} from '../live/service.js';

const MINUTES = 60_000;

/** Room for numpy, not for it and another one of its size. */
const DISK_MB = '120';

const folder = mkdtempSync(join(tmpdir(), 'braindrill-dependencies-'));
const runner = `dependencies-${process.pid}`;
const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
const caFile = SSL_CERT_FILE || NODE_EXTRA_CA_CERTS;
let service: Service;

const headers = { 'X-API-Key': KEY };
const file = (path: string, content: string): JobFile => ({ path, content });

/** Submits a job, and answers with it when it has ended. */
async function run(job: object, at = service): Promise<JobBody> {
  const post = { method: 'POST', headers, body: JSON.stringify(job) };
  const answer = await fetch(`${at.apiUrl}/jobs`, post);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return untilEnded(acceptedJobSchema.parse(await answer.json()).job_id, at);
}

async function untilEnded(id: string, { apiUrl }: Service): Promise<JobBody> {
  const deadline = Date.now() + 8 * MINUTES;
  for (;;) {
    const job = jobBodySchema.parse(await (await fetch(`${apiUrl}/jobs/${id}`, { headers })).json());
    if (hasEnded(job)) return job;
    if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.status}`);
    await sleep(100);
  }
}

const python = (requirements: string, code: string, more: object = {}) =>
  run({
    language: 'python',
    code,
    manifest: 'requirements.txt',
    files: [file('requirements.txt', requirements)],
    ...more,
  });

const pom = (groupId: string, artifactId: string, version: string) => `<project>
  <properties><wanted>${version}</wanted></properties>
  <dependencies>
    <dependency>
      <groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>\${wanted}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Those that have a name: who made the same at the same time has it now. */
const dependencyImages = async () =>
  (await docker.listImages({ filters: { label: ['braindrill.dependencies'], dangling: ['false'] } })).flatMap(
    ({ RepoTags }) => RepoTags ?? [],
  );

async function removeDependencyImages(): Promise<void> {
  for (const name of await dependencyImages()) await docker.getImage(name).remove();
}

/** What the runner says that it resolved, image by image. */
function resolved(): { image: string; packages: string[] }[] {
  const lines = readFileSync(join(folder, 'runner.log'), 'utf8').split('\n');
  const told = lines.filter((line) => line.includes('dependencies resolved'));
  return told.map((line) => JSON.parse(line));
}

beforeAll(async () => {
  const environment = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'python,javascript,typescript,go,java,rust,bash',
    DEPENDENCIES_ENABLED: 'true',
    DEPENDENCIES_DISK_MB: DISK_MB,
    ...(caFile ? { DEPENDENCIES_CA_FILE: caFile } : {}),
  };
  const config = loadConfig(environment);
  await setUp(config, (line) => console.log(line));
  await removeDependencyImages();
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
  const probe = await python('six==1.16.0', 'import six; print(six.__version__)');
  if (probe.status !== 'completed') {
    const why = `THE REGISTRY CANNOT BE REACHED, SO NOTHING ABOUT DEPENDENCIES IS TESTED: ${JSON.stringify(probe)}`;
    console.error(why);
    throw new Error(why);
  }
}, 15 * MINUTES);

afterAll(async () => {
  await service?.stop();
  await expectNoContainers(runner);
  await removeDependencyImages();
  rmSync(folder, { recursive: true });
}, 2 * MINUTES);

describe('with dependencies switched on', { timeout: 10 * MINUTES }, () => {
  const project = {
    language: 'python',
    code: 'from shapes.square import area\nfrom table import show\nshow(area(7))\n',
    manifest: 'requirements.txt',
    files: [
      file('requirements.txt', '# a wheel with machine code\nnumpy==2.2.6 ; python_version >= "3.10"\n'),
      file('shapes/square.py', 'import numpy as np\n\ndef area(side):\n    return np.prod([side, side])\n'),
      file('table.py', 'def show(value):\n    print(f"area: {value}")\n'),
    ],
  };

  test('a Python project of several files uses a package with machine code, and the next job finds it there', async () => {
    const first = await run(project);
    expect(first, JSON.stringify(first)).toMatchObject({
      status: 'completed',
      stdout: 'area: 49\n',
      stderr: '',
    });
    const made = resolved().length;
    expect(resolved().at(-1)?.packages).toEqual(['numpy==2.2.6']);
    const started = performance.now();
    const code = 'import numpy; print(numpy.__version__, open("requirements.txt").read()[:3])';
    const second = await python('numpy == 2.2.6; python_version >= "3.10"', code);
    expect(second).toMatchObject({ status: 'completed', stdout: '2.2.6 num\n' });
    expect(resolved()).toHaveLength(made);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('jobs that ask for the same at once wait for one image', async () => {
    const before = resolved().length;
    const jobs = Array.from({ length: 3 }, () =>
      python('idna==3.10', 'import idna; print(idna.__version__)'),
    );
    for (const job of await Promise.all(jobs))
      expect(job).toMatchObject({ status: 'completed', stdout: '3.10\n' });
    expect(resolved()).toHaveLength(before + 1);
  });

  test('a Node project uses a package, by require and by import, and what that brings along', async () => {
    const job = await run({
      language: 'javascript',
      code: "import isOdd from 'is-odd';\nimport { twice } from './twice.js';\nconsole.log(isOdd(twice(3)));\n",
      manifest: 'package.json',
      files: [
        file(
          'package.json',
          JSON.stringify({
            type: 'module',
            scripts: { preinstall: 'exit 1', install: 'exit 1' },
            dependencies: { 'is-odd': '^3.0.1' },
          }),
        ),
        file('twice.js', 'export const twice = (n) => n * 2;\n'),
      ],
    });
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'false\n' });
    expect(resolved().at(-1)?.packages.sort()).toEqual(['is-number==6.0.0', 'is-odd==3.0.1']);
    const required = await run({
      language: 'javascript',
      code: "console.log(require('is-odd')(3));",
      manifest: 'package.json',
      files: [file('package.json', '{"dependencies": {"is-odd": "^3.0.1"}}')],
    });
    expect(required).toMatchObject({ status: 'completed', stdout: 'true\n' });
  });

  test('a TypeScript project is checked against the types of its package', async () => {
    const typed = (code: string) =>
      run({
        language: 'typescript',
        code,
        manifest: 'package.json',
        files: [file('package.json', '{"dependencies": {"dayjs": "1.11.13"}}')],
      });
    const job = await typed(
      "import dayjs = require('dayjs');\nconsole.log(dayjs('2024-02-10').daysInMonth());\n",
    );
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: '29\n' });
    const wrong = await typed(
      "import dayjs = require('dayjs');\nconsole.log(dayjs('2024-02-10').weeks());\n",
    );
    expect(wrong).toMatchObject({ status: 'failed', reason: 'compile_error' });
    expect(wrong.compile?.stdout).toContain("Property 'weeks' does not exist");
  });

  test('a Go module is compiled with the modules that it requires', async () => {
    const goMod = 'module example.org/mine\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n';
    const main = `package main

import (
\t"fmt"

\t"example.org/mine/text"
\t"github.com/google/uuid"
)

func main() { fmt.Println(text.Length(uuid.NewString())) }
`;
    const job = await run({
      language: 'go',
      code: main,
      manifest: 'go.mod',
      files: [
        file('go.mod', goMod),
        file('text/text.go', 'package text\n\nfunc Length(s string) int { return len(s) }\n'),
      ],
    });
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: '36\n' });
    expect(resolved().at(-1)?.packages).toEqual(['github.com/google/uuid==v1.6.0']);
  });

  test('a Java program of several files uses a package, and what that brings along', async () => {
    const job = await run({
      language: 'java',
      code: `import com.google.common.base.Strings;

public class Main {
    public static void main(String[] args) throws Exception {
        System.out.println(Shout.it(Strings.repeat("drill ", 2)));
        // Its pom names this one.
        System.out.println(Class.forName("com.google.common.util.concurrent.internal.InternalFutures").getSimpleName());
    }
}
`,
      manifest: 'pom.xml',
      files: [
        file('pom.xml', pom('com.google.guava', 'guava', '33.4.0-jre')),
        file(
          'Shout.java',
          `import com.google.common.base.Ascii;

class Shout {
    static String it(String text) { return Ascii.toUpperCase(text); }
}
`,
        ),
      ],
    });
    expect(job, JSON.stringify(job)).toMatchObject({
      status: 'completed',
      stdout: 'DRILL DRILL \nInternalFutures\n',
      stderr: '',
    });
    expect(resolved().at(-1)?.packages).toEqual(
      expect.arrayContaining(['com.google.guava:guava==33.4.0-jre', 'com.google.guava:failureaccess==1.0.2']),
    );
  });

  const serde = {
    language: 'rust',
    entrypoint: 'src/main.rs',
    manifest: 'Cargo.toml',
    files: [
      file(
        'Cargo.toml',
        '[package]\nname = "mine"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n' +
          'serde_json = "1.0.140"\n\n[dependencies.serde]\nversion = "1.0.219"\nfeatures = ["derive"]\n',
      ),
      file(
        'src/main.rs',
        'mod shape;\n\nfn main() {\n    let square = shape::Square { side: 7 };\n' +
          '    println!("{}", serde_json::to_string(&square).unwrap());\n}\n',
      ),
      file('src/shape.rs', '#[derive(serde::Serialize)]\npub struct Square {\n    pub side: u32,\n}\n'),
    ],
  };

  test('a Cargo project is compiled with its crates, and what they run to be compiled', async () => {
    const job = await run({ ...serde, artifacts: ['Cargo.lock'] });
    expect(job, JSON.stringify(job)).toMatchObject({
      ...{ status: 'completed', stdout: '{"side":7}\n', stderr: '' },
      compile: { stdout: '', stderr: '', cached: false },
    });
    const packages = resolved().at(-1)?.packages ?? [];
    expect(packages.map((text) => text.split('==')[0])).toEqual(
      expect.arrayContaining(['serde', 'serde_derive', 'serde_json', 'syn']),
    );
    // The job is compiled with what was resolved, in the same versions.
    const lock = job.artifacts?.[0]?.content ?? '';
    const locked = [...lock.matchAll(/name = "(.*)"\nversion = "(.*)"\nsource/g)];
    expect(locked.map(([, name, version]) => `${name}==${version}`)).toEqual(packages);
    const again = await run({ ...serde, runs: [{}, {}] });
    expect(again, JSON.stringify(again)).toMatchObject({
      ...{ status: 'completed', stdout: '{"side":7}\n', compile: { cached: true } },
    });
  });

  const cargo = (toml: string, more: object) =>
    run({
      ...{ language: 'rust', manifest: 'Cargo.toml' },
      files: [file('Cargo.toml', `[package]\nname = "mine"\nedition = "2021"\n${toml}`)],
      ...more,
    });

  test('code is src/main.rs of a Cargo project, and another binary can be begun with', async () => {
    const toml = '[dependencies]\neither = "1"\n[features]\nloud = []\n';
    const code =
      'use either::Either;\nfn main() {\n    let end: Either<u8, u8> = Either::Right(1);\n' +
      '    println!("{} {}", end.is_right(), cfg!(feature = "loud"));\n}\n';
    const files = [file('src/bin/other.rs', 'fn main() { println!("other"); }')];
    files.push(file('Cargo.toml', `[package]\nname = "mine"\nedition = "2021"\n${toml}`));
    const job = await cargo(toml, { code, files, compile_flags: ['--features', 'loud'] });
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'true true\n' });
    const other = await cargo(toml, { code, files, entrypoint: 'src/bin/other.rs' });
    expect(other, JSON.stringify(other)).toMatchObject({ status: 'completed', stdout: 'other\n' });
  });

  test('a Cargo project that needs no crate is compiled as well, and what is wrong with one is told', async () => {
    const before = resolved().length;
    const plain = await cargo('', { code: 'fn main() { println!("alone"); }' });
    expect(plain, JSON.stringify(plain)).toMatchObject({ status: 'completed', stdout: 'alone\n' });
    const wrong = await cargo('', { code: 'fn main() { nothing }' });
    expect(wrong).toMatchObject({ status: 'failed', reason: 'compile_error' });
    expect(wrong.compile?.stderr).toContain('cannot find value `nothing`');
    const files = ['src/lib.rs', 'src/main.rs'].map((path) => file(path, 'fn main() {}'));
    files.push(file('Cargo.toml', '[package]\nname = "mine"\n'));
    const library = await cargo('', { files, entrypoint: 'src/lib.rs' });
    expect(library).toMatchObject({ status: 'failed', reason: 'compile_error' });
    expect(library.compile?.stderr).toBe('Cargo.toml has no binary that begins with src/lib.rs\n');
    expect(resolved()).toHaveLength(before);
  });

  test.each([
    ['there is no such crate', 'braindrill-has-no-such-crate-zzz9 = "1"', 'no matching package named'],
    ['there is no such version', 'either = "99"', 'failed to select a version'],
    ['a crate has no such feature', 'either = { version = "1", features = ["zzz9"] }', 'zzz9'],
    ['cargo takes no such versions', 'either = "1.2.3.4"', 'either'],
  ])('a Cargo project is told as failed when %s', async (_, line, text) => {
    const job = await cargo(`[dependencies]\n${line}\n`, { code: 'fn main() {}' });
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'failed', reason: 'dependencies', attempt: 1 });
    expect(job.stderr).toContain(text);
  });

  test('the program itself has no network, and can change nothing of what was got', async () => {
    const code = [
      'import os, six, socket',
      'for name in ["/usr/lib/python3/dist-packages/six.py", "/dependencies.txt"]:',
      '    print(os.access(name, os.R_OK), os.access(name, os.W_OK))',
      'try:',
      '    socket.create_connection(("1.1.1.1", 53), 2)',
      'except OSError as error:',
      '    print(error.errno)',
    ].join('\n');
    const job = await python('six==1.16.0', code);
    expect(job.stdout, JSON.stringify(job)).toBe('True False\nTrue False\n101\n');
  });

  test.each([
    [
      'there is no such package',
      'braindrill-has-no-such-package-zzz9==1',
      'braindrill-has-no-such-package-zzz9',
    ],
    ['there is no such version', 'six==99.0', 'six==99.0'],
    ['there is no wheel of it', 'docopt==0.6.2', 'docopt==0.6.2'],
    ['two of them exclude each other', 'six==1.16.0\nsix==1.17.0', 'six'],
  ])('a job is told as failed when %s', async (_, requirements, text) => {
    const job = await python(requirements, 'print(1)', { runs: [{}, {}] });
    expect(job).toMatchObject({
      ...{ status: 'failed', reason: 'dependencies', output: null, started_at: null, attempt: 1, runs: [] },
    });
    expect(job.stderr, JSON.stringify(job)).toContain(text);
    expect(job.error).toBe(job.stderr);
  });

  test('and of Node’s packages as well', async () => {
    const job = await run({
      language: 'javascript',
      code: '1',
      manifest: 'package.json',
      files: [file('package.json', '{"dependencies": {"is-odd": "^99.0.0"}}')],
    });
    expect(job).toMatchObject({ status: 'failed', reason: 'dependencies' });
    expect(job.stderr).toContain('No matching version found for is-odd@^99.0.0');
  });

  test('and of Java’s packages', async () => {
    const job = await run({
      language: 'java',
      code: 'class Main {}',
      manifest: 'pom.xml',
      files: [file('pom.xml', pom('com.google.code.gson', 'gson', '99.0'))],
    });
    expect(job).toMatchObject({ status: 'failed', reason: 'dependencies' });
    expect(job.stderr).toContain('Could not find artifact com.google.code.gson:gson:jar:99.0');
  });

  test('a manifest with nothing in it needs nothing', async () => {
    const before = resolved().length;
    expect(await python('# nothing\n', 'print(1)')).toMatchObject({ status: 'completed', stdout: '1\n' });
    expect(resolved()).toHaveLength(before);
  });

  test('images that were used longest ago make room for others, and nothing else of a build is left', async () => {
    await run(project);
    const numpy = resolved()
      .filter(({ packages }) => packages.includes('numpy==2.2.6'))
      .at(-1)?.image;
    expect(await dependencyImages()).toContain(numpy);
    const other = await python('numpy==2.2.5', 'import numpy; print(numpy.__version__)');
    expect(other, JSON.stringify(other)).toMatchObject({ status: 'completed', stdout: '2.2.5\n' });
    await python('six==1.15.0', 'print(1)');
    expect(await dependencyImages()).not.toContain(numpy);
    expect(await docker.listImages({ filters: { label: ['braindrill.resolving'] } })).toEqual([]);
    expect(await run(project)).toMatchObject({ status: 'completed', stdout: 'area: 49\n' });
  });

  test('the README’s commands do what it says', async () => {
    const readme = readFileSync(`${PROJECT_ROOT}/README.md`, 'utf8');
    const blocks = [...readme.matchAll(/```bash\n(curl .*?)```/gs)].map(([, command]) => command as string);
    const commands = blocks.filter((command) => command.includes('"manifest"'));
    const outputs = [];
    for (const command of commands) {
      const here = command
        .replace('http://localhost:8080', service.apiUrl as string)
        .replace('curl', 'curl -sS');
      const { stdout } = await promisify(execFile)('bash', ['-c', here]);
      outputs.push((await untilEnded(JSON.parse(stdout).job_id, service)).output);
    }
    expect(outputs).toEqual(['2.0\n', 'true\n', '1 < 2 < 3\n']);
  });

  test('the languages tell which manifests they take', async () => {
    const body = await (await fetch(`${service.apiUrl}/languages`)).json();
    const { languages } = languageListSchema.parse(body);
    const manifests = new Map(languages.map(({ id, manifests }) => [id, manifests]));
    expect(manifests.get('python')).toEqual(['requirements.txt']);
    expect(manifests.get('javascript')).toEqual(['package.json']);
    expect(manifests.get('rust')).toEqual(['Cargo.toml']);
    expect(manifests.get('bash')).toEqual([]);
  });

  test.each([
    [
      'python',
      'requirements.txt',
      'six\n-r other.txt',
      'manifest: requirements.txt: line 2: options are not taken',
    ],
    [
      'javascript',
      'package.json',
      '{"dependencies": {"a": "file:.."}}',
      'manifest: package.json: dependencies.a: ',
    ],
    [
      'rust',
      'Cargo.toml',
      '[package]\n[dependencies]\na = { git = "https://h.test/a" }',
      'manifest: Cargo.toml: dependencies.a.git: is not taken',
    ],
    ['java', 'pom.xml', '<project>\n<parent/></project>', 'manifest: pom.xml: line 2: <parent> is not taken'],
    ['bash', 'requirements.txt', 'six', 'manifest: jobs in Bash cannot bring dependencies along'],
  ])('%s: what is not taken of a manifest is refused at once', async (language, path, content, text) => {
    const body = JSON.stringify({ language, code: '1', manifest: path, files: [file(path, content)] });
    const answer = await fetch(`${service.apiUrl}/jobs`, {
      method: 'POST',
      headers: { 'X-API-Key': KEY },
      body,
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(text)]);
  });
});

test('a registry that cannot be reached is the platform’s failure, and no password is told', {
  timeout: 5 * MINUTES,
}, async () => {
  const name = `unreachable-${process.pid}`;
  const data = mkdtempSync(join(tmpdir(), 'braindrill-unreachable-'));
  const environment = {
    ...testEnvironment(data, name),
    LANGUAGES: 'python,javascript,java,rust',
    DEPENDENCIES_ENABLED: 'true',
    DEPENDENCIES_PROXY: 'http://user:sesame@127.0.0.1:9',
  };
  const config = loadConfig(environment);
  const { temporalExecutable } = shared;
  const away = await startService({ config, environment, temporalExecutable, report: () => {} });
  onTestFinished(async () => {
    await away.stop();
    await expectNoContainers(name);
    rmSync(data, { recursive: true });
  });
  const jobs = [
    { language: 'python', manifest: 'requirements.txt', files: [file('requirements.txt', 'six==1.14.0')] },
    {
      language: 'javascript',
      manifest: 'package.json',
      files: [file('package.json', '{"dependencies": {"is-odd": "3.0.0"}}')],
    },
    {
      language: 'rust',
      manifest: 'Cargo.toml',
      files: [file('Cargo.toml', '[package]\nname = "a"\n[dependencies]\neither = "1.13.0"\n')],
    },
    {
      language: 'java',
      manifest: 'pom.xml',
      files: [file('pom.xml', pom('com.google.code.gson', 'gson', '2.10'))],
    },
  ];
  for (const job of await Promise.all(jobs.map((job) => run({ code: '1', ...job }, away))))
    expect(job, JSON.stringify(job)).toMatchObject({
      status: 'failed',
      reason: 'platform',
      attempt: 3,
      stderr: '',
    });
  const log = readFileSync(join(data, 'runner.log'), 'utf8');
  expect(log).toMatch(/dependencies not resolved: .*connection broken/);
  expect(log).toMatch(/dependencies not resolved: .*ECONNREFUSED/);
  expect(log).toMatch(/dependencies not resolved: .*download of config.json failed/);
  expect(log).toMatch(/dependencies not resolved: .*gson.*Connection refused/);
  expect(log).not.toContain('sesame');
});

test('dependencies are switched off unless the operator wants them', async () => {
  const job = {
    language: 'python',
    code: '1',
    manifest: 'requirements.txt',
    files: [file('requirements.txt', 'six')],
  };
  const answer = await request('/jobs', { body: JSON.stringify(job) });
  expect([answer.status, await answer.text()]).toEqual([400, 'manifest: dependencies are switched off here']);
  const { languages } = languageListSchema.parse(await (await request('/languages')).json());
  expect(languages.flatMap(({ manifests }) => manifests)).toEqual([]);
});
