// The library that waits for a program, in an interpreter that a script starts: where it waits, and that it leaves nothing of itself.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { imageName } from '../../src/workers/build-images.js';

const source = readFileSync(`${PROJECT_ROOT}/test/sandbox/interpreter.c`, 'utf8');
const C = findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`), 'c') as Language;

/** A program comes, and then a byte for who waits. */
const PUT = 'printf "first\\nsecond\\n" > main.txt; printf g';

/** As the supervisor would: what waits has `variable`, and on its descriptor 9 what `comes` prints. */
function start(variable: string, comes: string): string {
  const script = `cat > interpreter.c <<'END'
${source}
END
gcc -o interpreter interpreter.c
cat > start.sh <<'END'
sh -c 'echo "a child: \${LD_PRELOAD-none}"'
exec ./interpreter
END
(${comes}) | LD_PRELOAD=/wait-for-program.so ${variable}=/job/main.txt sh start.sh 9<&0 </dev/null`;
  const options = ['--rm', '--interactive', '--network', 'none', '--tmpfs', '/job:exec', '--workdir', '/job'];
  const words = ['run', ...options, '--entrypoint', 'sh', imageName(C), '-s'];
  const { stdout, stderr } = spawnSync('docker', words, { input: script, encoding: 'utf8', timeout: 60_000 });
  return stdout + stderr;
}

const ENDS = `a child: none
first
second
none none none
descriptor 9: closed
`;

test('one that waits at open has not opened its program’s file before that comes', () => {
  expect(start('READY_AT_OPEN', `sleep 0.3; [ ! -e opened ] && { ${PUT}; }`)).toBe(ENDS);
});

test('one that waits at read has opened it, and reads what comes', () => {
  const untilOpened = 'for _ in $(seq 100); do [ -e opened ] && break; sleep 0.1; done';
  expect(start('READY_AT_READ', `${untilOpened}; [ -e opened ] && { ${PUT}; }`)).toBe(ENDS);
});
