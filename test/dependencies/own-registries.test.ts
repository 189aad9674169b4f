// Jobs in Ruby, Perl and PHP that bring dependencies along, from registries of the test's own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { acceptedJobSchema, jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { setUp } from '../../src/set-up.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from '../live/global-setup.js';
import {
  docker,
  expectNoContainers,
  hasEnded,
  type JobBody,
  KEY,
  service as shared,
} from '../live/service.js';
import { composerRepository } from './registries/composer-repository.js';
import { cpanMirror } from './registries/cpan-mirror.js';
import { gemIndex } from './registries/gem-index.js';
import { type LocalRegistry, startLocalRegistry } from './registries/local-registry.js';

const MINUTES = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'braindrill-scripts-'));
const runner = `scripts-${process.pid}`;
const headers = { 'X-API-Key': KEY };
let registry: LocalRegistry;
let service: Service;

/** The files of each, at its URL. */
const REGISTRIES = {
  ruby: () =>
    gemIndex([
      {
        name: 'greeting',
        version: '1.2.0',
        needs: { louder: '1.0' },
        files: {
          'lib/greeting.rb': "require 'louder'\nGreeting = Louder.say('hello')\n",
          'lib/rubygems_plugin.rb': "abort 'a plugin ran'\n",
        },
      },
      { name: 'greeting', version: '2.0.0', needs: { missing: '1.0' }, files: {} },
      {
        name: 'louder',
        version: '1.4.1',
        files: { 'lib/louder.rb': 'module Louder\n  def self.say(text) = text.upcase\nend\n' },
      },
      {
        name: 'native',
        version: '0.1.0',
        extensions: ['ext/extconf.rb'],
        files: { 'ext/extconf.rb': "abort 'an extension was built'\n" },
      },
    ]),
  perl: () =>
    cpanMirror([
      {
        name: 'Acme-Greeting',
        version: '1.20',
        modules: ['Acme::Greeting', 'Acme::Built'],
        requires: { perl: '5.010', 'Acme::Louder': '1.4', 'List::Util': '1.33' },
        files: {
          'Makefile.PL': 'exit print "a build ran";\n',
          'lib/Acme/Greeting.pm':
            'package Acme::Greeting;\nuse Acme::Louder;\nsub say { Acme::Louder::louder("hello") }\n1;\n',
        },
      },
      {
        name: 'Acme-Louder',
        version: '1.41',
        modules: ['Acme::Louder'],
        files: { 'lib/Acme/Louder.pm': 'package Acme::Louder;\nsub louder { uc shift }\n1;\n' },
      },
      { name: 'Acme-Native', version: '0.1', modules: ['Acme::Native'], files: { 'Native.xs': '' } },
      {
        name: 'Acme-Lost',
        version: '2.0',
        modules: ['Acme::Lost'],
        requires: { 'Acme::Missing': '0' },
        files: { 'lib/Acme/Lost.pm': '1;\n' },
      },
    ]),
  php: (url: string) =>
    composerRepository(url, [
      {
        name: 'acme/greeting',
        version: '1.2.0',
        require: { php: '>=8.1', 'acme/louder': '^1.0' },
        autoload: { 'psr-4': { 'Acme\\Greeting\\': 'src/' } },
        files: {
          'src/Greeting.php':
            '<?php\nnamespace Acme\\Greeting;\nclass Greeting { public static function say() { return louder("hello"); } }\n',
        },
      },
      { name: 'acme/greeting', version: '2.0.0', require: { 'acme/missing': '^1.0' }, files: {} },
      {
        name: 'acme/louder',
        version: '1.4.1',
        type: 'composer-plugin',
        require: { 'composer-plugin-api': '^2.0' },
        autoload: { files: ['louder.php'], classmap: ['Plugin.php'] },
        extra: { class: 'Plugin' },
        files: {
          'Plugin.php': '<?php\nexit("a plugin ran");\nclass Plugin {}\n',
          'louder.php': '<?php\nfunction louder(string $text) { return strtoupper($text); }\n',
        },
      },
      { name: 'acme/native', version: '0.1.0', require: { 'ext-mbstring': '*' }, files: { a: '' } },
      { name: 'acme/cloned', version: '0.1.0' },
    ]),
};

type Kind = { language: keyof typeof REGISTRIES; manifest: string };

const LANGUAGES = Object.keys(REGISTRIES) as Kind['language'][];

const RUBY: Kind = { language: 'ruby', manifest: 'Gemfile' };
const PERL: Kind = { language: 'perl', manifest: 'cpanfile' };
const PHP: Kind = { language: 'php', manifest: 'composer.json' };

const requiring = (name: string, versions: string) => JSON.stringify({ require: { [name]: versions } });

/** Runs a job with this manifest until it has ended. */
async function run({ language, manifest }: Kind, content: string, code: string): Promise<JobBody> {
  const job = { language, code, manifest, files: [{ path: manifest, content }] };
  const answer = await fetch(`${service.apiUrl}/jobs`, {
    method: 'POST',
    headers,
    body: JSON.stringify(job),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { job_id: id } = acceptedJobSchema.parse(await answer.json());
  const deadline = Date.now() + 8 * MINUTES;
  for (;;) {
    const job = jobBodySchema.parse(await (await fetch(`${service.apiUrl}/jobs/${id}`, { headers })).json());
    if (hasEnded(job)) return job;
    if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.status}`);
    await sleep(100);
  }
}

/** The packages that the runner says it resolved, image by image. */
function resolved(): string[][] {
  const lines = readFileSync(join(folder, 'runner.log'), 'utf8').split('\n');
  return lines
    .filter((line) => line.includes('dependencies resolved'))
    .map((line) => JSON.parse(line).packages);
}

async function removeDependencyImages(): Promise<void> {
  for (const { RepoTags } of await docker.listImages({ filters: { label: ['braindrill.dependencies'] } })) {
    for (const name of RepoTags ?? []) {
      if (LANGUAGES.some((id) => name.startsWith(`braindrill/${id}-`))) await docker.getImage(name).remove();
    }
  }
}

beforeAll(async () => {
  registry = await startLocalRegistry();
  const registries = Object.fromEntries(LANGUAGES.map((id) => [id, `${registry.url}/${id}`]));
  for (const id of LANGUAGES) {
    for (const [path, content] of REGISTRIES[id](`${registry.url}/${id}`))
      registry.files.set(`/${id}${path}`, content);
  }
  const settings = join(folder, 'application.yaml');
  writeFileSync(settings, stringify({ dependencies: { registries } }));
  const environment = {
    ...testEnvironment(folder, runner),
    CONFIG_FILE: settings,
    LANGUAGES: LANGUAGES.join(),
    DEPENDENCIES_ENABLED: 'true',
  };
  const config = loadConfig(environment);
  await setUp(config, (line) => console.log(line));
  await removeDependencyImages();
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
}, 15 * MINUTES);

afterAll(async () => {
  await service?.stop();
  await registry?.stop();
  await expectNoContainers(runner);
  await removeDependencyImages();
  rmSync(folder, { recursive: true });
}, 2 * MINUTES);

describe('with a registry', { timeout: 10 * MINUTES }, () => {
  test('a Ruby program uses a gem and what that needs, and nothing of them ran before', async () => {
    const job = await run(RUBY, "gem 'greeting', '~> 1.0'\n", "require 'greeting'\nputs Greeting\n");
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'HELLO\n', stderr: '' });
    expect(resolved().at(-1)).toEqual(['greeting==1.2.0', 'louder==1.4.1']);
  });

  test('a Ruby program finds its gems by its Gemfile as well, and Ruby’s own beside them', async () => {
    const code = "require 'bundler/setup'\nBundler.require\nrequire 'json'\nputs Greeting, JSON[[1]]\n";
    const job = await run(RUBY, "source 'https://rubygems.org'\ngem 'greeting', '1.2.0'\ngem 'json'\n", code);
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'HELLO\n[1]\n' });
    expect(resolved().at(-1)).toEqual(['greeting==1.2.0', 'louder==1.4.1']);
  });

  test('a Perl program uses a module and what that needs, and nothing of them was built', async () => {
    const code =
      'use Acme::Greeting;\nuse JSON::PP;\nprint Acme::Greeting::say(), encode_json([1]), "\\n";\n';
    const job = await run(PERL, "requires 'Acme::Greeting', '>= 1.0';\nrequires 'JSON::PP', '4';\n", code);
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'HELLO[1]\n', stderr: '' });
    expect(resolved().at(-1)).toEqual(['Acme-Greeting==1.20', 'Acme-Louder==1.41']);
  });

  test.each([
    "require 'vendor/autoload.php';",
    "require __DIR__ . '/vendor/autoload.php';",
    "require_once('./vendor/autoload.php');",
  ])('a PHP program uses a package and what that needs by %s', async (line) => {
    const code = `<?php\n${line}\necho Acme\\Greeting\\Greeting::say(), "\\n";\n`;
    const job = await run(PHP, '{"require": {"php": ">=8.1", "acme/greeting": "^1.0"}}', code);
    expect(job, JSON.stringify(job)).toMatchObject({ status: 'completed', stdout: 'HELLO\n', stderr: '' });
    expect(resolved().at(-1)).toEqual(['acme/greeting==1.2.0', 'acme/louder==1.4.1']);
  });

  test.each([
    [RUBY, "gem 'native'", 'native-0.1.0 has native extensions, which are not built here.'],
    [RUBY, "gem 'absent'", "Could not find gem 'absent'"],
    [RUBY, "gem 'louder', '> 2'", "Could not find gem 'louder (> 2)'"],
    [RUBY, "gem 'greeting', '2.0.0'", 'missing'],
    [RUBY, "gem 'louder'\ngem 'louder', '1.4.1'", 'You cannot specify the same gem twice'],
    [PERL, "requires 'Acme::Native';", 'Acme-Native-0.1.tar.gz has native code, which is not built here.'],
    [PERL, "requires 'Acme::Built';", 'Acme::Built is made by the build of S/SO/SOMEBODY/Acme-Greeting'],
    [PERL, "requires 'Acme::Absent';", 'There is no module Acme::Absent.'],
    [PERL, "requires 'Acme::Louder', '2';", 'There is Acme::Louder 1.41, not 2.'],
    [PERL, "requires 'Acme::Lost';", 'There is no module Acme::Missing.'],
    [PERL, "requires 'Acme::Lost', '< 1';\nrequires 'Acme::Lost', '> 2';", 'Acme::Lost: no version is both'],
    [PERL, "requires 'perl', '7';", 'perl is 5.04'],
    [PHP, requiring('acme/native', '*'), 'acme/native 0.1.0 requires ext-mbstring'],
    [
      PHP,
      requiring('acme/cloned', '*'),
      'acme/cloned 0.1.0 has no archive, and nothing else is fetched here.',
    ],
    [PHP, requiring('acme/absent', '1'), 'acme/absent, it could not be found in any version'],
    [PHP, requiring('acme/louder', '>2'), 'found acme/louder[1.4.1] but it does not match'],
    [PHP, requiring('acme/greeting', '2.0.0'), 'requires acme/missing ^1.0 -> could not be found'],
  ])('%j: a job with %j is told as failed', async (kind, content, text) => {
    const job = await run(kind, content, '1');
    expect(job).toMatchObject({ status: 'failed', reason: 'dependencies', output: null, attempt: 1 });
    expect(job.stderr, JSON.stringify(job)).toContain(text);
  });
});

test('a registry that does not answer is the platform’s failure', { timeout: 5 * MINUTES }, async () => {
  await registry.stop();
  const jobs = [
    run(RUBY, "gem 'louder', '1.4.1'", '1'),
    run(PERL, "requires 'Acme::Louder', '1.4';", '1'),
    run(PHP, requiring('acme/louder', '1.4.1'), '1'),
  ];
  for (const job of await Promise.all(jobs)) {
    expect(job, JSON.stringify(job)).toMatchObject({
      status: 'failed',
      reason: 'platform',
      attempt: 3,
      stderr: '',
    });
  }
});
