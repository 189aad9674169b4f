// A copy of the built project, whose language files can be changed: images get other names there, so that a test can take
// them away without anybody else's missing them.
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';

const COPIED = ['dist', 'languages', 'sandbox', 'package.json', 'application.yaml', 'openapi.json'];

/** Makes the copy in `folder`; its processes are started with a configuration whose `root` that is. */
export function copyProject(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) cpSync(join(PROJECT_ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
