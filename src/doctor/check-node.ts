import { readFileSync } from 'node:fs';
import type { Config } from '../config.js';
import type { DoctorLine } from './doctor-line.js';

/** Node, which package.json asks a version of. */
export async function checkNode(
  { root }: Pick<Config, 'root'>,
  version = process.versions.node,
): Promise<DoctorLine[]> {
  const { engines } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const needed = (engines.node as string).replace('>=', '');
  const isOld = version.localeCompare(needed, 'en', { numeric: true }) < 0;
  const text = isOld ? `Node.js ${version} is too old: install ${needed} or newer.` : `Node.js ${version}`;
  return [{ level: isOld ? 'problem' : 'ok', title: 'node', text }];
}
