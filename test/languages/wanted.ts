import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';

/**
 * The languages that TEST_LANGUAGES names, separated by commas; all when it names none.
 * @throws Error that names one that is not there
 */
export function wantedLanguages(): Language[] {
  const languages = loadLanguages(`${PROJECT_ROOT}/languages`);
  const names = (process.env.TEST_LANGUAGES ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) return languages;
  return names.map((name) => {
    const found = findLanguage(languages, name);
    if (!found) throw new Error(`There is no language ${name}.`);
    return found;
  });
}
