// Every language's real programs over HTTP. The programs are data; a language without them fails test/languages.test.ts.
import { afterAll } from 'vitest';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { testEnvironment } from './global-setup.js';
import { testPrograms } from './programs.js';
import { expectNoPrograms } from './service.js';

const { languages: ids } = loadConfig(testEnvironment('', 'x'));

testPrograms(loadLanguages(`${PROJECT_ROOT}/languages`).filter(({ id }) => ids.includes(id)));

afterAll(() => expectNoPrograms());
