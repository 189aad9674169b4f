import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../src/config.js';

test.each([[['nonsense']], [['rebuild', 'rebuild']], [['']], [['--languages']], [['--languages', '']]])(
  './deploy.sh %j prints its usage and exits 1',
  (args) => {
    const { status, stderr, stdout } = spawnSync(`${PROJECT_ROOT}/deploy.sh`, args, { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      'usage: ./deploy.sh [rebuild] [--languages all|LANGUAGE,...]\n',
    ]);
  },
);
