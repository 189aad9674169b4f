// What lies in the images: a program finds its language there, and little that would help it to anything else.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { testEnvironment } from './global-setup.js';
import { testImages } from './images.js';

const { languages: ids } = loadConfig(testEnvironment('', 'x'));

testImages(loadLanguages(`${PROJECT_ROOT}/languages`).filter(({ id }) => ids.includes(id)));

test('npm run sbom prints one, and names the languages when it is asked for another', async () => {
  const sbom = (...words: string[]) =>
    promisify(execFile)('npm', ['run', '--silent', 'sbom', '--', ...words], { cwd: PROJECT_ROOT });
  const { stdout } = await sbom('PY');
  expect(JSON.parse(stdout).metadata.component.name).toBe('braindrill/python');
  await expect(sbom('klingon')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('usage: npm run sbom -- LANGUAGE, one of java, python'),
  });
});
