import { expect, test } from 'vitest';
import { parseRequirements } from '../../src/manifests/requirements.js';

test('names, extras, versions and markers are taken, comments and blank lines left out', () => {
  const { packages, text } = parseRequirements(
    [
      '\uFEFF# what we need',
      'Requests[ socks, use_chardet_on_py3 ] >= 2.31 , < 3  # a comment',
      '',
      '  numpy==2.*',
      'zope.interface~=6.0\r',
      'a',
      'typing-extensions ; python_version < "3.11" and (sys_platform == \'linux\' or os_name != "nt")',
      'exact===1.0+local.1',
      'not-that!=1!2.0,>1',
    ].join('\n'),
  );
  expect(packages).toEqual([
    ...['Requests', 'numpy', 'zope.interface', 'a', 'typing-extensions', 'exact', 'not-that'],
  ]);
  expect(text).toBe(
    [
      'a',
      'exact===1.0+local.1',
      'not-that!=1!2.0,>1',
      'numpy==2.*',
      'requests[socks,use_chardet_on_py3]>=2.31,<3',
      'typing-extensions ; python_version < "3.11" and (sys_platform == \'linux\' or os_name != "nt")',
      'zope.interface~=6.0',
      '',
    ].join('\n'),
  );
});

test('the order of lines and white space make no other manifest', () => {
  const one = parseRequirements('b >= 1\nA\n');
  expect(parseRequirements('# x\na\r\nb>=1').text).toBe(one.text);
});

test('a file without packages asks for none', () => {
  expect(parseRequirements('# nothing\n\n')).toEqual({ packages: [], text: '' });
});

test.each([
  ['-r other.txt', 'options are not taken'],
  ['--requirement=other.txt', 'options are not taken'],
  ['-e .', 'options are not taken'],
  ['--index-url https://index.test/simple', 'options are not taken'],
  ['--extra-index-url=x', 'options are not taken'],
  ['-f links', 'options are not taken'],
  ['--find-links links', 'options are not taken'],
  ['-c constraints.txt', 'options are not taken'],
  ['--no-binary :all:', 'options are not taken'],
  ['--pre', 'options are not taken'],
  ['numpy --hash=sha256:00', 'options are not taken'],
  ['numpy --config-settings x=y', 'options are not taken'],
  ['numpy -r other.txt', 'options are not taken'],
  ['https://files.test/x-1.0-py3-none-any.whl', 'addresses are not taken'],
  ['git+ssh://git@host/x', 'addresses are not taken'],
  ['x @ https://files.test/x.whl', 'addresses are not taken'],
  ['x @ file:///etc/passwd', 'addresses are not taken'],
  ['x@1.0', 'addresses are not taken'],
  ['./local', 'paths'],
  ['../local', 'paths'],
  ['.', 'paths'],
  ['/etc/passwd', 'paths'],
  ['C:\\x', 'paths'],
  ['x-1.0-py3-none-any.whl', 'paths'],
  ['x.tar.gz', 'paths'],
  ['numpy \\', 'continued lines'],
  ['$' + '{HOME}', 'must be like'],
  ['numpy==$' + '{V}', 'must be like'],
  ['numpy 1.0', 'must be like'],
  ['numpy=1.0', 'must be like'],
  ['numpy==', 'must be like'],
  ['numpy[', 'must be like'],
  ['numpy==1.0; ', 'must be like'],
  ['numpy (>=1.0)', 'must be like'],
  ['näme', 'must be like'],
  ['numpy\u2028-r x', 'options'],
  ['numpy==1.0\0', 'must be like'],
  ['numpy; $(id)', 'marker'],
  ['numpy; python_version < "3`id`"', 'marker'],
  ['numpy; extra == "x" --pre', 'marker'],
])('%j is refused, with its line', (line, why) => {
  const parse = () => parseRequirements(`good\n\n${line}\n`);
  expect(parse).toThrow(/^line 3: /);
  expect(parse).toThrow(why);
});

test('a long line is refused in short, and soon', () => {
  const started = performance.now();
  const lines = [`${'a-'.repeat(30_000)}!`, `a${' '.repeat(60_000)}!`, `a[${'b,'.repeat(30_000)}`];
  for (const line of [...lines, `a==1${',==1'.repeat(15_000)}!`, `a; ${'('.repeat(60_000)}"`]) {
    const refusal = (() => {
      try {
        return parseRequirements(line).text;
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(refusal).toMatch(/^line 1: /);
    expect(refusal.length).toBeLessThan(300);
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});
