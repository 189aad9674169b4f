import { expect, test } from 'vitest';
import { type CodeRules, parseCode } from '../src/code-rules.js';
import { loadConfig, PROJECT_ROOT } from '../src/config.js';
import { loadLanguages } from '../src/languages.js';

const { security, languages } = loadConfig({});
const rules: CodeRules = {
  languages: loadLanguages(`${PROJECT_ROOT}/languages`).filter(({ id }) => languages.includes(id)),
  dangerousPatterns: security['dangerous-patterns'],
};

test('of a language that could be had it is told how', () => {
  const all = loadLanguages(`${PROJECT_ROOT}/languages`);
  const absent = all.filter((language) => !rules.languages.includes(language));
  expect(() => parseCode('x', 'C++', { ...rules, absent })).toThrow(
    'Unsupported language: C++. Supported: java, python, ruby, perl, javascript, php. The operator can add C++: LANGUAGES=java,python,ruby,perl,javascript,php,cpp ./deploy.sh',
  );
});

test.each([
  [
    'an unknown language',
    'brainfuck',
    'x',
    'Unsupported language: brainfuck. Supported: java, python, ruby, perl, javascript, php',
  ],
  [
    'a prototype name as language',
    '__proto__',
    'x',
    'Unsupported language: __proto__. Supported: java, python, ruby, perl, javascript, php',
  ],
  ['too many bytes', 'python', 'x'.repeat(102_401), 'Code size exceeds maximum of 100 KB (got 100 KB)'],
  ['far too many bytes', 'python', 'é'.repeat(102_400), 'Code size exceeds maximum of 100 KB (got 200 KB)'],
  [
    'too many characters',
    'python',
    'x'.repeat(50_001),
    'Code exceeds maximum of 50000 characters (got 50001)',
  ],
  ['nothing', 'python', '', 'Code cannot be empty'],
  ['blanks', 'python', ' \n\t ', 'Code cannot be empty'],
  ['a lone surrogate', 'python', 'print("\ud800")', 'Code is not valid Unicode'],
  ['rm -rf', 'python', 'os.system("RM -RF /")', 'Code contains potentially dangerous pattern: rm -rf'],
  [
    'the first pattern of several',
    'python',
    'wget mkfs',
    'Code contains potentially dangerous pattern: mkfs',
  ],
  ['dd', 'perl', '`dd if=x`', 'Code contains potentially dangerous pattern: dd if='],
  ['a device', 'perl', 'c:/dev/null', 'Code contains potentially dangerous pattern: :/dev/'],
  ['curl', 'perl', 'curl x', 'Code contains potentially dangerous pattern: curl'],
  ['nc', 'perl', 'nc -l', 'Code contains potentially dangerous pattern: nc -'],
  ['netcat', 'perl', 'netcat', 'Code contains potentially dangerous pattern: netcat'],
])('%s is refused with the seed’s text', (_, language, code, text) => {
  expect(() => parseCode(code, language, rules)).toThrow(text);
  expect(() => parseCode(code, language, rules)).toThrow(expect.objectContaining({ message: text }));
});

test('language comes before size, size before emptiness', () => {
  const parse = (language: string, code: string) => () => parseCode(code, language, rules);
  expect(parse('klingon', 'x'.repeat(200_000))).toThrow('Unsupported language');
  expect(parse('python', ' '.repeat(102_401))).toThrow('Code size');
  expect(parse('python', ' '.repeat(50_001))).toThrow('characters');
});

test('50,000 characters of 100 KB are accepted', () => {
  expect(parseCode('é'.repeat(50_000), 'python', rules).id).toBe('python');
});

test.each([
  ['PyThOn', 'python'],
  ['py', 'python'],
  ['JS', 'javascript'],
])('%s means %s', (name, id) => {
  expect(parseCode('x', name, rules).id).toBe(id);
});

test('an empty list of patterns refuses none', () => {
  expect(parseCode('curl', 'python', { ...rules, dangerousPatterns: [] }).id).toBe('python');
});
