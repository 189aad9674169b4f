// Requests that are no HTTP, or two things at once: each is refused with a clear 4xx, and what follows it on the connection is
// never taken for a request.
import { afterAll, expect, test } from 'vitest';
import { HOST, head, sendRaw } from './raw-http.js';
import { KEY, request } from './service.js';
import { expectHelloWorld, expectUnharmed } from './unharmed.js';

afterAll(expectHelloWorld);

const AUTH = `X-API-Key: ${KEY}`;
const POST = 'POST /lang/python HTTP/1.1';
const SMUGGLED = `${head('POST /jobs HTTP/1.1', HOST, AUTH, 'Content-Length: 38')}{"code":"print(1)","language":"python"}`;
const NOT_FOUND = 'The requested resource could not be found.';
const get = (target: string) => head(`GET ${target} HTTP/1.1`, HOST, AUTH);
const CHUNKED = 'Transfer-Encoding: chunked';

/** Name, bytes, and the status of the one answer. */
const REFUSED: [name: string, bytes: string | Buffer, status: number][] = [
  ['one header of 1 MB', head('GET /health HTTP/1.1', HOST, `X: ${'x'.repeat(1_000_000)}`), 431],
  [
    '10,000 headers',
    head('GET /health HTTP/1.1', HOST, ...Array.from({ length: 10_000 }, (_, n) => `X-${n}: ${n}`)),
    431,
  ],
  ['a URL of 100 KB', head(`GET /${'x'.repeat(100_000)} HTTP/1.1`, HOST), 431],
  ['a request line of garbage', '\0\x01\x02\xff garbage\r\n\r\n', 400],
  ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex'), 400],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['HTTP/0.9', 'GET /health\r\n\r\n', 400],
  ['HTTP/3.7', head('GET /health HTTP/3.7', HOST), 400],
  ['no host', head('GET /health HTTP/1.1'), 400],
  ['a method of no such name', head('HELLO /health HTTP/1.1', HOST), 400],
  ['a method in lower case', head('get /health HTTP/1.1', HOST), 400],
  ['an authority as target of GET', head('GET localhost:80 HTTP/1.1', HOST), 400],
  ['a space in the target', head('GET /health HTTP/1.1 HTTP/1.1', HOST), 400],
  ['a control character in the target', head('GET /hea\x01lth HTTP/1.1', HOST), 400],
  ['a NUL in a header', head('GET /health HTTP/1.1', HOST, 'X: a\0b'), 400],
  ['a header without a name', head('GET /health HTTP/1.1', HOST, ': x'), 400],
  ['a header without a colon', head('GET /health HTTP/1.1', HOST, 'X-Y'), 400],
  ['a space before the colon', head('GET /health HTTP/1.1', HOST, 'X-Y : 1'), 400],
  ['a header line that goes on in the next', head('GET /health HTTP/1.1', HOST, 'X-Y: 1', ' 2'), 400],
  [
    'lines that end in LF only',
    `POST /lang/python HTTP/1.1\n${HOST}\n${AUTH}\nContent-Length: 8\n\nprint(1)`,
    400,
  ],
  ['a header line that ends in CR only', `GET /health HTTP/1.1\r\n${HOST}\rX: 1\r\n\r\n`, 400],
  [
    'both Content-Length and Transfer-Encoding',
    `${head(POST, HOST, AUTH, 'Content-Length: 5', CHUNKED)}0\r\n\r\n${SMUGGLED}`,
    400,
  ],
  [
    'both the other way round',
    `${head(POST, HOST, AUTH, CHUNKED, 'Content-Length: 5')}0\r\n\r\n${SMUGGLED}`,
    400,
  ],
  ['two Content-Lengths', head(POST, HOST, AUTH, 'Content-Length: 0', 'Content-Length: 99') + SMUGGLED, 400],
  ['two Content-Lengths in one line', head(POST, HOST, AUTH, 'Content-Length: 0, 99') + SMUGGLED, 400],
  ['a negative Content-Length', head(POST, HOST, AUTH, 'Content-Length: -1') + SMUGGLED, 400],
  ['a Content-Length with a sign', head(POST, HOST, AUTH, 'Content-Length: +0') + SMUGGLED, 400],
  ['a Content-Length in hexadecimal', head(POST, HOST, AUTH, 'Content-Length: 0x8') + SMUGGLED, 400],
  ['a Content-Length over 64 bits', head(POST, HOST, AUTH, `Content-Length: 1${'0'.repeat(20)}`), 400],
  ['a Content-Length without a value', head(POST, HOST, AUTH, 'Content-Length:') + SMUGGLED, 400],
  [
    'Transfer-Encoding: xchunked',
    `${head(POST, HOST, AUTH, 'Transfer-Encoding: xchunked')}0\r\n\r\n${SMUGGLED}`,
    400,
  ],
  [
    'Transfer-Encoding: chunked, identity',
    `${head(POST, HOST, AUTH, 'Transfer-Encoding: chunked, identity')}0\r\n\r\n${SMUGGLED}`,
    400,
  ],
  [
    'two Transfer-Encodings',
    `${head(POST, HOST, AUTH, CHUNKED, 'Transfer-Encoding: identity')}0\r\n\r\n${SMUGGLED}`,
    400,
  ],
  ['a chunk size that is no number', `${head(POST, HOST, AUTH, CHUNKED)}zz\r\n`, 400],
  ['a chunk size over 64 bits', `${head(POST, HOST, AUTH, CHUNKED)}${'f'.repeat(17)}\r\n`, 400],
  ['a chunk size with a sign', `${head(POST, HOST, AUTH, CHUNKED)}-1\r\n`, 400],
  ['a chunk longer than it says', `${head(POST, HOST, AUTH, CHUNKED)}1\r\nprint(1)\r\n0\r\n\r\n`, 400],
  ['chunk lines that end in LF only', `${head(POST, HOST, AUTH, CHUNKED)}8\nprint(1)\n0\n\n${SMUGGLED}`, 400],
  ['100 KB of chunk extensions', `${head(POST, HOST, AUTH, CHUNKED)}1;${'x'.repeat(100_000)}\r\n`, 413],
  ['CONNECT', head('CONNECT localhost:22 HTTP/1.1', HOST), 405],
  ['TRACE', head('TRACE /health HTTP/1.1', HOST, 'Connection: close'), 405],
  ['OPTIONS *', head('OPTIONS * HTTP/1.1', HOST, 'Connection: close'), 404],
  ['a method of WebDAV', head('PROPFIND /jobs HTTP/1.1', HOST, 'Connection: close'), 405],
  ['an expectation that nobody knows', head(POST, HOST, 'Expect: 200-maybe', 'Connection: close'), 417],
];

test.each(REFUSED)('%s is refused', async (_, bytes, status) => {
  await expectUnharmed(async () => {
    const answers = await sendRaw(bytes);
    expect(answers.map((answer) => answer.status)).toEqual([status]);
    expect(answers[0]?.headers.get('connection')).toBe('close');
  });
});

/** Name, target or head, status, and how the body begins. */
const TARGETS: [name: string, request: string, status: number, body: string][] = [
  [
    'an absolute target, whatever host it names',
    head('GET http://evil.example/health HTTP/1.1', HOST),
    200,
    'healthy',
  ],
  [
    'an absolute target of another scheme',
    head('GET ftp://evil.example/nothing HTTP/1.1', HOST),
    404,
    NOT_FOUND,
  ],
  ['HTTP/1.0 without a host', head('GET /health HTTP/1.0'), 200, 'healthy'],
  [
    'Upgrade: websocket',
    head('GET /health HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: websocket'),
    200,
    'healthy',
  ],
  ['Upgrade: h2c', head('GET /health HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: h2c'), 200, 'healthy'],
  ['OPTIONS', head('OPTIONS /health HTTP/1.1', HOST), 405, 'HTTP method not allowed, supported methods: GET'],
  ['dots', get('/docs/../jobs'), 404, NOT_FOUND],
  ['encoded dots', get('/docs/%2e%2e/%2e%2e/package.json'), 404, NOT_FOUND],
  ['encoded dots and slashes', get('/docs/%2e%2e%2f%2e%2e%2fpackage.json'), 404, NOT_FOUND],
  ['encoded backslashes', get('/docs/..%5c..%5cpackage.json'), 404, NOT_FOUND],
  ['double encoding', get('/docs/%252e%252e%252fpackage.json'), 404, NOT_FOUND],
  ['two slashes', get('//health'), 404, NOT_FOUND],
  ['a slash more at the end', get('/health/'), 200, 'healthy'],
  ['a path in capitals', get('/HEALTH'), 404, NOT_FOUND],
  ['NUL in a file’s name', get('/docs/start.js%00.html'), 404, NOT_FOUND],
  ['NUL in an id', get('/jobs/%00'), 404, '{\n  "error": "Job not found",\n  "job_id": "\\u0000"\n}'],
  ['overlong UTF-8', get('/docs/%c0%ae%c0%ae/'), 400, 'The path is not valid percent-encoding'],
  ['an escape that is none', get('/jobs/%zz'), 400, 'The path is not valid percent-encoding'],
  ['half an escape', get('/jobs/%'), 400, 'The path is not valid percent-encoding'],
  ['an encoded lone surrogate', get('/jobs/%ed%a0%80'), 400, 'The path is not valid percent-encoding'],
  [
    'half an escape in the query',
    get('/jobs?limit=%'),
    400,
    'The query parameter \'limit\' was malformed: "%"',
  ],
  [
    'a thousand parameters',
    get(`/jobs?${'limit=1&'.repeat(1_500)}`),
    400,
    "The query parameter 'limit' was malformed",
  ],
];

test.each(TARGETS)('%s', async (_, bytes, status, body) => {
  await expectUnharmed(async () => {
    const [answer] = await sendRaw(bytes, 1);
    expect([answer?.status, answer?.body.slice(0, body.length)]).toEqual([status, body]);
    expect(answer?.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

test.each([
  ['/health', 200],
  ['/lang/python', 405],
  ['/nothing', 404],
])('HEAD %s is answered with %i and no body', async (path, status) => {
  await expectUnharmed(async () => {
    const answer = await request(path, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });
});
