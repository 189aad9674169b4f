import { expect, test } from 'vitest';
import type { HostCode } from '../../../src/host-finding.js';
import type { Language } from '../../../src/languages.js';
import {
  checkLimits,
  checkRunc,
  checkRuntimes,
  checkSecurity,
  checkVersion,
  type Engine,
} from '../../../src/workers/host-checks/check-engine.js';

function engine({ runc = '1.3.3', api = '1.45', info = {} as Partial<Engine['info']> } = {}): Engine {
  return {
    version: {
      Version: '26.1.5',
      ApiVersion: api,
      Components: [{ Name: 'runc', Version: runc }] as Engine['version']['Components'],
    },
    info: {
      CgroupVersion: '2',
      CgroupDriver: 'systemd',
      DefaultRuntime: 'runc',
      DockerRootDir: '/var/lib/docker',
      MemoryLimit: true,
      SwapLimit: true,
      PidsLimit: true,
      CpuCfsQuota: true,
      Runtimes: { runc: {}, runsc: {} },
      SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
      ...info,
    },
  };
}

const language = (id: string, runtime?: string) => ({ id, ...(runtime ? { runtime } : {}) }) as Language;
const PLAIN = [language('python')];
const codes = ({ findings }: { findings: { code: HostCode }[] }) => findings.map(({ code }) => code);

test('an engine that has everything is well', () => {
  const checks = [checkVersion, checkSecurity, checkLimits].map((check) => check(engine()));
  expect([...checks, checkRunc(engine(), PLAIN), checkRuntimes(engine(), PLAIN)].flatMap(codes)).toEqual([]);
});

test.each([
  ['1.1.5+ds1', ['runc-old']],
  ['1.2.7', ['runc-old']],
  ['1.2.8', []],
  ['1.2.10', []],
  ['v1.2.9', []],
  ['1.3.0', ['runc-old']],
  ['1.3.2', ['runc-old']],
  ['1.3.3', []],
  ['1.4.0-rc.2', ['runc-old']],
  ['1.4.0-rc.3', []],
  ['1.4.0', []],
  ['2.0.1', []],
  ['N/A', ['runc-unknown']],
  ['', ['runc-unknown']],
])('runc %s: %j', (runc, expected) => {
  expect(codes(checkRunc(engine({ runc }), PLAIN))).toEqual(expected);
});

test('an engine that does not tell its parts has an unknown runc', () => {
  const { version, info } = engine();
  const { Components, ...others } = version;
  expect(codes(checkRunc({ version: others as Engine['version'], info }, PLAIN))).toEqual(['runc-unknown']);
});

test('an old runc does no harm where no language is run by it', () => {
  const old = engine({ runc: '1.1.5' });
  expect(codes(checkRunc(old, [language('c', 'runsc')]))).toEqual([]);
  expect(codes(checkRunc(old, [language('c', 'runsc'), language('php')]))).toEqual(['runc-old']);
  expect(codes(checkRunc(old, [language('c', 'io.containerd.runc.v2')]))).toEqual(['runc-old']);
  const { version, info } = old;
  expect(codes(checkRunc({ version, info: { ...info, DefaultRuntime: 'crun' } }, PLAIN))).toEqual([]);
});

test('a runtime that the engine does not have is told with what it has and the settings', () => {
  const { findings } = checkRuntimes(engine(), [language('c', 'kata'), language('php', 'runsc')]);
  expect(findings).toHaveLength(1);
  for (const text of ['kata for c', 'runc, runsc', 'RUNNER_RUNTIME', 'resources.c.runtime']) {
    expect(findings[0]?.text).toContain(text);
  }
});

test('newer engines find shims that nobody registered', () => {
  const kata = [language('c', 'io.containerd.kata.v2')];
  expect(codes(checkRuntimes(engine(), kata))).toEqual([]);
  expect(codes(checkRuntimes(engine({ api: '1.41' }), kata))).toEqual(['runtime-missing']);
});

test('an engine that is too old, or without seccomp, is a problem', () => {
  expect(codes(checkVersion(engine({ api: '1.9' })))).toEqual(['engine-old']);
  expect(codes(checkSecurity(engine({ info: { SecurityOptions: ['name=apparmor'] } })))).toEqual([
    'seccomp-missing',
  ]);
  expect(codes(checkSecurity(engine({ info: { SecurityOptions: null } })))).toEqual(['seccomp-missing']);
  expect(checkSecurity(engine()).fact).toContain('apparmor');
});

test('limits that the engine cannot set are named', () => {
  const { findings } = checkLimits(engine({ info: { PidsLimit: false, CpuCfsQuota: false } }));
  expect(findings.map(({ code }) => code)).toEqual(['limits-missing']);
  expect(findings[0]?.text).toContain('pids, cpu');
  expect(codes(checkLimits(engine({ info: { SwapLimit: false } })))).toEqual(['swap-unlimited']);
});
