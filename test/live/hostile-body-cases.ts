// Bodies that are bombs, lies, riddles or in the wrong alphabet, each with the answer that it must get.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { JOB_TYPE } from '../../src/api/parse-run-request.js';

const MB = 2 ** 20;
const INVALID = "Invalid request body. Expected JSON with 'code' and 'language' fields.";
const TOO_LARGE = 'Code size exceeds maximum of 100 KB (got ';
const BODY_TOO_LARGE = 'Request body exceeds maximum of 10485760 bytes';
const NO_UTF8 = 'Code is not valid UTF-8';

type Body = string | Buffer;
type Case = [
  name: string,
  path: string,
  body: Body,
  status: number,
  text: string,
  headers?: Record<string, string>,
];

const zeros = Buffer.alloc(100 * MB);
export const coded = (encoding: string) => ({ 'Content-Encoding': encoding });
const gzipBomb = gzipSync(zeros);
const job = (fields: string) => `{"code": "print(1)", "language": "python"${fields}}`;
const twisted = (language: string) => JSON.stringify({ code: 'print(1)', language });
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

export const BOMBS: Case[] = [
  ['100 MB of zeros, gzip', '/lang/python', gzipBomb, 400, TOO_LARGE, coded('gzip')],
  ['100 MB of zeros, deflate', '/lang/python', deflateSync(zeros), 400, TOO_LARGE, coded('deflate')],
  ['100 MB of zeros, br', '/lang/python', brotliCompressSync(zeros), 400, TOO_LARGE, coded('br')],
  ['100 MB of zeros, gzip, as a job', '/jobs', gzipBomb, 413, BODY_TOO_LARGE, coded('gzip')],
  [
    '100 MB of zeros, gzip, as a job in the path’s language',
    '/lang/python',
    gzipBomb,
    413,
    BODY_TOO_LARGE,
    { ...coded('gzip'), 'Content-Type': JOB_TYPE },
  ],
  ['100 MB of zeros, gzip twice, told once', '/lang/python', gzipSync(gzipBomb), 400, NO_UTF8, coded('gzip')],
  [
    'gzip twice, told twice',
    '/lang/python',
    gzipSync(gzipBomb),
    415,
    'unsupported content encoding',
    coded('gzip, gzip'),
  ],
  ['an encoding that nobody knows', '/jobs', 'x', 415, 'unsupported content encoding', coded('zstd')],
  ['a prototype’s name as encoding', '/jobs', 'x', 415, 'unsupported content encoding', coded('__proto__')],
  ['plain text that is said to be gzip', '/lang/python', 'print(1)', 400, '', coded('gzip')],
  ['gzip cut in the middle', '/lang/python', gzipSync('print(1)').subarray(0, 15), 400, '', coded('gzip')],
  ['raw deflate', '/lang/python', deflateRawSync('print(1)').subarray(1), 400, '', coded('deflate')],
];

export const JSONS: Case[] = [
  ['100,000 arrays in each other', '/jobs', '['.repeat(100_000) + ']'.repeat(100_000), 400, INVALID],
  [
    '100,000 arrays for code',
    '/jobs',
    `{"language": "python", "code": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    400,
    INVALID,
  ],
  [
    '100,000 arrays in another field',
    '/jobs',
    job(`, "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    400,
    'Invalid request body. Unrecognized key',
  ],
  [
    '100,000 objects in each other',
    '/jobs',
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    400,
    INVALID,
  ],
  [
    '60,000 keys',
    '/jobs',
    job(Array.from({ length: 60_000 }, (_, n) => `,"${n}":1`).join('')),
    400,
    'Invalid request body. Unrecognized keys: ',
  ],
  [
    'a key of 500 KB',
    '/jobs',
    job(`, "${'k'.repeat(500_000)}": 1`),
    400,
    'Invalid request body. Unrecognized key: "kkk',
  ],
  ['a language of 500 KB', '/jobs', twisted('l'.repeat(500_000)), 400, 'Unsupported language: lll'],
  [
    'a number of 500,000 digits',
    '/jobs',
    `{"code": ${'9'.repeat(500_000)}, "language": "python"}`,
    400,
    INVALID,
  ],
  ['a number beyond all numbers', '/jobs', '{"code": 1e999999, "language": "python"}', 400, INVALID],
  [
    'a string of 600 KB',
    '/jobs',
    JSON.stringify({ code: 'x'.repeat(600_000), language: 'python' }),
    400,
    TOO_LARGE,
  ],
  [
    'code of only escapes',
    '/jobs',
    `{"code": "${'\\u0000'.repeat(102_000)}", "language": "python"}`,
    400,
    'Code exceeds maximum of 50000 characters',
  ],
  [
    '100,000 arrays in each other, in the path’s language',
    '/lang/python',
    '['.repeat(100_000) + ']'.repeat(100_000),
    400,
    INVALID,
    { 'Content-Type': JOB_TYPE },
  ],
  ['JSON with a comment', '/jobs', `${job('')} // yes`, 400, INVALID],
  ['two JSON values', '/jobs', job('') + job(''), 400, INVALID],
];

export const ALPHABETS: Case[] = [
  ['UTF-16 with its mark', '/lang/python', utf16('print(1)'), 400, NO_UTF8],
  [
    'UTF-16 with its mark, as a job',
    '/jobs',
    utf16(job('')),
    400,
    NO_UTF8,
    { 'Content-Type': 'application/json; charset=utf-16' },
  ],
  ['UTF-16 without a mark', '/jobs', utf16(job('')).subarray(2), 400, INVALID],
  [
    'UTF-32',
    '/jobs',
    Buffer.from(Array.from(job('')).flatMap((c) => [0, 0, 0, c.charCodeAt(0)])),
    400,
    INVALID,
  ],
  [
    'latin1 that says so',
    '/lang/python',
    Buffer.from('print("\xe9")', 'latin1'),
    400,
    NO_UTF8,
    { 'Content-Type': 'text/plain; charset=latin1' },
  ],
  ['a lone continuation byte', '/lang/python', Buffer.from([0x23, 0x80]), 400, NO_UTF8],
  ['overlong UTF-8', '/lang/python', Buffer.from([0x23, 0xc0, 0xaf]), 400, NO_UTF8],
  ['a surrogate in UTF-8', '/lang/python', Buffer.from([0x23, 0xed, 0xa0, 0x80]), 400, NO_UTF8],
  ['more than Unicode has', '/lang/python', Buffer.from([0x23, 0xf4, 0x90, 0x80, 0x80]), 400, NO_UTF8],
  ['half a character', '/jobs', Buffer.from('{"code": "\u{1f600}').subarray(0, -2), 400, NO_UTF8],
  [
    'a lone surrogate, escaped',
    '/jobs',
    '{"code": "#\\udc00", "language": "python"}',
    400,
    'Code is not valid Unicode',
  ],
  [
    'a lone surrogate as language',
    '/jobs',
    '{"code": "#", "language": "\\ud800"}',
    400,
    'Unsupported language: \ufffd. Supported',
  ],
  ['a byte order mark before JSON', '/jobs', `\ufeff${job('')}`, 400, INVALID],
  ['NULs only', '/jobs', '\0'.repeat(1_000), 400, INVALID],
  ['spaces of all kinds', '/lang/python', ' \t\r\n\u00a0\u2003\u3000\ufeff', 400, 'Code cannot be empty'],
];

export const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'valueOf',
  'length',
];

export const PROTOTYPES: Case[] = NAMES.flatMap((name): Case[] => [
  [`${name} in the path`, `/lang/${name}`, 'print(1)', 400, `Unsupported language: ${name}. Supported: java`],
  [`${name} as language`, '/jobs', twisted(name), 400, `Unsupported language: ${name}. Supported: java`],
  [
    `${name} as a field`,
    '/jobs',
    job(`, "${name}": {"polluted": true}`),
    400,
    `Invalid request body. Unrecognized key: "${name}".`,
  ],
  [`${name} for the fields`, '/jobs', `{"${name}": ${job('')}}`, 400, INVALID],
]);
