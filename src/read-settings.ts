// The settings as they were written: a YAML file, and over it the environment.
import { existsSync, readFileSync } from 'node:fs';
import { type Path, readYamlFile, type YamlFile } from './yaml-file.js';

export type Variables = {
  /** Key of the setting, by the variable that sets it. */
  keys: Record<string, string>;
  /** Variables that may also be given as NAME_FILE, the path of a file with the value. */
  secrets: readonly string[];
};

/** The settings of `file`, if it exists, with those of the environment over them; places are named by line or by variable. */
export function readSettings(file: string, environment: NodeJS.ProcessEnv, variables: Variables): YamlFile {
  const yaml = existsSync(file) ? readYamlFile(file) : EMPTY;
  const settings = yaml.value ?? {};
  const problems = [...yaml.problems];
  const sources = new Map<string, string>();
  for (const [variable, key] of Object.entries(variables.keys)) {
    const isSecret = variables.secrets.includes(variable);
    try {
      const found = readVariable(variable, isSecret, environment);
      if (!found) continue;
      setKey(settings, key.split('.'), found.text);
      sources.set(key, found.source);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return { value: settings, problems, where };

  function where(path: Path): string {
    const name = path.join('.');
    for (const [key, variable] of sources) {
      if (name === key || name.startsWith(`${key}.`)) return `${variable} (${name})`;
    }
    return yaml.where(path);
  }
}

const EMPTY: YamlFile = { value: undefined, problems: [], where: (path) => path.join('.') };

function readVariable(variable: string, isSecret: boolean, environment: NodeJS.ProcessEnv) {
  const text = environment[variable];
  const fileVariable = `${variable}_FILE`;
  const file = isSecret ? environment[fileVariable] : undefined;
  if (text && file) throw new Error(`${variable} and ${fileVariable} are both set: choose one.`);
  // Compose passes variables that are not set as empty ones.
  if (text) return { text, source: variable };
  return file ? { text: readSecret(fileVariable, file), source: fileVariable } : undefined;
}

function readSecret(fileVariable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`${fileVariable}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function setKey(settings: unknown, [first, ...rest]: string[], value: string): void {
  // What is no section is left for the schema to complain about.
  if (typeof settings !== 'object' || settings === null || first === undefined) return;
  const section = settings as { [key: string]: unknown };
  section[first] = rest.length === 0 ? value : (section[first] ?? {});
  setKey(section[first], rest, value);
}
