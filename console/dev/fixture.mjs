// A stand-in for the server, for looking at pages without one: the built console and canned answers in the
// API's shapes. Development only. `node dev/fixture.mjs [port] [--empty]`; port 0 takes a free one.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { completions, diagnosis } from './fixture/editor.mjs';
import { answer, answerSql } from './fixture/queries.mjs';
import { BOOKING, booking, DEEP, deep, LARGE, large, ODD, odd } from './fixture/traces.mjs';

const dist = new URL('../dist/', import.meta.url);
const started = Date.now() - 60_000;
const traces = new Map([[BOOKING, booking(started)], [LARGE, large(started)], [ODD, odd(started)], [DEEP, deep(started)]]);
const empty = process.argv.includes('--empty');
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
// As strict as the server's may become: the console must do without inline scripts and styles.
const POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://fixture');
  if (url.pathname === '/api/v1/meta') {
    return json(response, 200, { version: '0.1.0', first_span_at: empty ? null : '2026-11-23T04:00:00Z', otlp_http: 'http://127.0.0.1:4318', otlp_grpc: 'http://127.0.0.1:4317', datasets: ['traces', 'other'] });
  }
  if (url.pathname.startsWith('/api/v1/traces/')) {
    const trace = traces.get(url.pathname.split('/').at(-1));
    const within = url.searchParams.get('dataset') ?? 'traces';
    return trace && within === (url.pathname.endsWith(DEEP) ? 'other' : 'traces') ? json(response, 200, trace) : json(response, 404, { message: 'no such trace', code: 404 });
  }
  if (request.method === 'POST') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = JSON.parse(Buffer.concat(chunks).toString());
    if (url.pathname === '/api/v1/apl/complete') return json(response, 200, completions(sent));
    if (url.pathname === '/api/v1/apl/diagnose') return json(response, 200, diagnosis(sent));
    if (url.pathname === '/api/v1/explain') return json(response, 200, { plan: 'take 200 rows at most\n  read dataset traces\n' });
    const [status, body] = url.pathname === '/api/v1/sql' ? answerSql(sent) : answer(sent);
    if (empty && status === 200) body.tables[0].columns = body.tables[0].columns.map(() => []);
    return json(response, status, body);
  }
  const name = url.pathname.slice(1);
  const file = new URL(/^[\w.-]+$/.test(name) && existsSync(new URL(name, dist)) ? name : 'index.html', dist);
  response.writeHead(200, { 'content-type': TYPES[file.pathname.split('.').at(-1)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
  createReadStream(file).pipe(response);
});

const port = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 4321);
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
