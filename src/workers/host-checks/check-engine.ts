// What the Docker engine says of itself, and what follows for programs that nobody trusts.
import type Docker from 'dockerode';
import { type Finding, finding } from '../../host-finding.js';
import type { Language } from '../../languages.js';
import { askVersion, compareVersions, MIN_API } from '../docker-engine.js';
import type { HostCheck } from './host-check.js';

/** What is asked of the engine's /version and /info. */
export type Engine = {
  version: Pick<Docker.DockerVersion, 'Version' | 'ApiVersion' | 'Components'>;
  info: {
    CgroupVersion?: string;
    CgroupDriver?: string;
    DefaultRuntime: string;
    DockerRootDir: string;
    MemoryLimit?: boolean;
    SwapLimit?: boolean;
    PidsLimit?: boolean;
    CpuCfsQuota?: boolean;
    Runtimes?: Record<string, object> | null;
    SecurityOptions?: string[] | null;
  };
};

const CALL_LIMIT_MS = 10_000;

/** The first releases of runc without CVE-2025-31133, CVE-2025-52565 and CVE-2025-52881, by line. */
const RUNC_MENDED = { older: '1.2.8', '1.3': '1.3.3' };

/** @throws Error when the engine does not answer. */
export async function askEngine(docker: Docker): Promise<Engine> {
  const asking = docker as unknown as { info(options: object): Promise<Engine['info']> };
  const abortSignal = AbortSignal.timeout(CALL_LIMIT_MS);
  const [version, info] = await Promise.all([askVersion(docker), asking.info({ abortSignal })]);
  return { version, info };
}

export function checkVersion({ version }: Engine): HostCheck {
  const { Version, ApiVersion } = version;
  const old = compareVersions(ApiVersion, MIN_API) < 0;
  return {
    title: 'engine',
    fact: `Docker ${Version}, API ${ApiVersion}, containerd ${componentVersion(version, 'containerd') ?? 'unknown'}`,
    findings: old
      ? [finding('engine-old', `The engine speaks API ${ApiVersion}: install one with ${MIN_API} or newer.`)]
      : [],
  };
}

/** runc stands between a program and the host's kernel, unless all languages have another runtime. */
export function checkRunc({ version, info }: Engine, languages: readonly Language[]): HostCheck {
  const runc = componentVersion(version, 'runc');
  const isUsed = languages.some(({ runtime = info.DefaultRuntime }) => runtime.includes('runc'));
  return {
    title: 'runc',
    fact: `runc ${runc ?? 'of unknown version'}${isUsed ? '' : ', which no language uses'}`,
    findings: isUsed ? judgeRunc(runc) : [],
  };
}

function judgeRunc(version: string | undefined): Finding[] {
  const [, line, patch, candidate] = /^v?(\d+\.\d+)\.(\d+)(?:-rc\.?(\d+))?/.exec(version ?? '') ?? [];
  if (line === undefined) {
    return [
      finding(
        'runc-unknown',
        'The engine does not tell its runc: make sure that it is 1.2.8, 1.3.3 or newer.',
      ),
    ];
  }
  const mended = line === '1.3' ? RUNC_MENDED['1.3'] : RUNC_MENDED.older;
  const isOldCandidate = `${line}.${patch}` === '1.4.0' && candidate !== undefined && Number(candidate) < 3;
  if (compareVersions(`${line}.${patch}`, mended) >= 0 && !isOldCandidate) return [];
  const text = `runc ${version} may have known ways out of a container: install 1.2.8, 1.3.3 or newer, unless your distribution has mended it.`;
  return [finding('runc-old', text)];
}

/** Newer engines take the name of any containerd shim that is on their PATH, and list only those that were registered. */
const SHIMS_SINCE_API = '1.42';

export function checkRuntimes({ version, info }: Engine, languages: readonly Language[]): HostCheck {
  const present = Object.keys(info.Runtimes ?? {}).sort();
  const maybeShim = (name: string) =>
    name.startsWith('io.containerd.') && compareVersions(version.ApiVersion, SHIMS_SINCE_API) >= 0;
  const missing = languages.filter(
    ({ runtime }) => runtime !== undefined && !present.includes(runtime) && !maybeShim(runtime),
  );
  const wanted = languages.flatMap(({ id, runtime }) =>
    runtime === undefined ? [] : [`${id} by ${runtime}`],
  );
  return {
    title: 'runtimes',
    fact: `the engine's own is ${info.DefaultRuntime}${wanted.length > 0 ? `; ${wanted.join(', ')}` : ''}`,
    findings: missing.map(({ id, runtime }) =>
      finding(
        'runtime-missing',
        `The engine has no runtime ${runtime} for ${id}, only ${present.join(', ')}: register it in the engine's daemon.json, or change runner.runtime (RUNNER_RUNTIME) or resources.${id}.runtime.`,
      ),
    ),
  };
}

export function checkSecurity({ info }: Engine): HostCheck {
  const names = (info.SecurityOptions ?? []).map((option) => /name=([^,]+)/.exec(option)?.[1] ?? option);
  const extra = ['apparmor', 'selinux'].filter((name) => names.includes(name));
  const found = names.includes('seccomp');
  return {
    title: 'seccomp',
    fact: `${found ? 'the engine has it' : 'absent'}; ${extra.length > 0 ? `${extra.join(', ')} too` : 'neither AppArmor nor SELinux, which are not needed'}`,
    findings: found
      ? []
      : [
          finding(
            'seccomp-missing',
            'The engine has no seccomp: use a kernel with CONFIG_SECCOMP_FILTER and an engine built with it.',
          ),
        ],
  };
}

export function checkLimits({ info }: Engine): HostCheck {
  const limits = { memory: info.MemoryLimit, pids: info.PidsLimit, cpu: info.CpuCfsQuota };
  const missing = Object.entries(limits).flatMap(([name, present]) => (present ? [] : [name]));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    const text = `The engine cannot limit ${missing.join(', ')}: enable these cgroup controllers of the kernel, and delegate them to the engine if it is rootless.`;
    findings.push(finding('limits-missing', text));
  }
  if (!info.SwapLimit) {
    const text =
      'Swap is not limited: a program may use it beyond its memory. Boot with swapaccount=1, or turn swap off.';
    findings.push(finding('swap-unlimited', text));
  }
  const fact = `v${info.CgroupVersion ?? '1'}, ${info.CgroupDriver}; memory, pids and cpu are limited`;
  return { title: 'cgroups', fact, findings };
}

function componentVersion({ Components }: Engine['version'], name: string): string | undefined {
  return Components?.find((component) => component.Name === name)?.Version;
}
