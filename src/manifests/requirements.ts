// requirements.txt of Python, as far as it names packages: no options, addresses or paths, and no lines that are continued.
import type { Manifest } from './manifest.js';
import { mapStatements } from './map-statements.js';

/** Name, extras, versions and marker; each part is looked at by itself, so that no line takes long. */
const PARTS = /^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?([^;]*)(?:;(.*))?$/;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const VERSION = /^(?:===|[~=!<>]=|[<>])\s*[A-Za-z0-9.*+!_-]+$/;

/** Words of a marker, such as python_version < "3.13" and sys_platform == 'linux'. */
const MARKER_WORD = /^(?:[a-z_]+(?:\.[a-z_]+)?|"[\w .+*~!<>=-]*"|'[\w .+*~!<>=-]*'|===|[~=!<>]=|[<>()])\s*/;

/** What people write that is not taken here. */
const REFUSED: [RegExp, string][] = [
  [/^-/, 'options are not taken'],
  [/\s--?[A-Za-z]/, 'options are not taken'],
  [/:\/\//, 'addresses are not taken'],
  [/@/, 'addresses are not taken: @'],
  [/^\.|[/\\]|\.(?:whl|zip|tar\.gz)$/, 'paths and continued lines are not taken'],
];

/** @throws Error that names the line */
export function parseRequirements(text: string): Manifest {
  const requirements = mapStatements(text, parseRequirement);
  const packages = requirements.map(({ name }) => name);
  return {
    packages,
    text: requirements
      .map(({ normal }) => `${normal}\n`)
      .sort()
      .join(''),
  };
}

function parseRequirement(requirement: string): { name: string; normal: string } {
  for (const [pattern, why] of REFUSED) if (pattern.test(withoutMarker(requirement))) throw new Error(why);
  const [, name = '', extras, versions = '', marker] = PARTS.exec(requirement) ?? [];
  const extraNames = toList(extras);
  const versionClauses = toList(versions.trim() === '' ? undefined : versions);
  const isKnown =
    [name, ...extraNames].every((one) => NAME.test(one)) &&
    versionClauses.every((clause) => VERSION.test(clause)) &&
    marker?.trim() !== '';
  if (!isKnown) throw new Error('must be like name[extra]>=1.0; marker');
  if (marker !== undefined) refuseMarker(marker);
  const normal = [
    name.toLowerCase(),
    ...(extraNames.length === 0 ? [] : [`[${extraNames.join()}]`]),
    versionClauses.map((clause) => clause.replace(/\s+/g, '')).join(),
    ...(marker === undefined ? [] : [` ; ${marker.trim()}`]),
  ];
  return { name, normal: normal.join('') };
}

const toList = (text: string | undefined) => text?.split(',').map((one) => one.trim()) ?? [];

const withoutMarker = (requirement: string) => requirement.replace(/;.*$/, '').trimEnd();

function refuseMarker(marker: string): void {
  let rest = marker.trim();
  while (rest !== '') {
    const [word] = MARKER_WORD.exec(rest) ?? [];
    if (word === undefined) throw new Error('this marker is not taken');
    rest = rest.slice(word.length);
  }
}
