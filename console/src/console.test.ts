// The console as a user meets it: mounted whole, with the fixture's answers for a server.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import App from './App.svelte';
import { token } from './api/token.svelte';
import { here } from './shell/here.svelte';
import { meta } from './shell/meta.svelte';
import { completions, diagnosis } from '../dev/fixture/editor.mjs';
import { answer, answerSql } from '../dev/fixture/queries.mjs';
import { BOOKING, booking, DEEP, deep, ODD, odd } from '../dev/fixture/traces.mjs';

const START = Date.UTC(2026, 10, 23, 5);
let app: ReturnType<typeof mount>;
let asked: string[];
let paths: string[];
let firstSpan: string | null;
/** The only token that the server knows; none: it asks for none. */
let known: string | undefined;
/** One that may send spans only. */
const WRITER = 'xaat-writer';

function serve(path: string, init?: RequestInit): Response {
  const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
  const sent = new Headers(init?.headers).get('authorization');
  const isWriter = sent === `Bearer ${WRITER}`;
  if (known !== undefined && sent !== `Bearer ${known}` && !isWriter) return reply(401, { message: 'this token is not known', code: 401 });
  if (path === '/api/v1/meta') return reply(200, { version: '0', first_span_at: firstSpan, otlp_http: 'http://here:4318', otlp_grpc: 'http://here:4317', datasets: isWriter ? [] : ['traces', 'other'] });
  if (isWriter) return reply(403, { message: 'this token may not query', code: 403 });
  const id = /^\/api\/v1\/traces\/(.*)$/.exec(path)?.[1];
  if (id === `${DEEP}?dataset=other`) return reply(200, deep(START));
  if (id !== undefined) return id === BOOKING ? reply(200, booking(START)) : id === ODD ? reply(200, odd(START)) : reply(404, { message: 'no such trace', code: 404 });
  const body = JSON.parse(String(init?.body)) as { apl: string; sql: string; offset: number };
  paths.push(path);
  if (path === '/api/v1/explain') return reply(200, { plan: `read ${body.sql ?? body.apl}` });
  if (path === '/api/v1/apl/complete') return reply(200, completions(body));
  if (path === '/api/v1/apl/diagnose') return reply(200, diagnosis(body));
  asked.push(body.sql ?? body.apl);
  if (firstSpan === null) return reply(400, { message: 'there is no dataset traces', code: 400 });
  const [status, wire] = path === '/api/v1/sql' ? answerSql(body) : answer(body);
  return reply(status, wire);
}

beforeEach(() => {
  [asked, paths] = [[], []];
  known = undefined;
  token.forget();
  token.wanted = false;
  firstSpan = '2026-11-23T04:00:00Z';
  vi.stubGlobal('fetch', vi.fn(async (path: string, init?: RequestInit) => serve(path, init)));
});
afterEach(async () => {
  await unmount(app);
  meta.value = undefined;
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function open(path: string): void {
  here.goTo(`${location.origin}${path}`);
  app = mount(App, { target: document.body });
}
const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const one = (id: string) => all(id)[0]!;
const until = (check: () => void) => vi.waitFor(() => { flushSync(); check(); });
function press(key: string, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

describe('services', () => {
  test('a row for each, and a row leads to its spans', async () => {
    open('/');
    await until(() => expect(all('service-row')).toHaveLength(9));
    expect(one('service-row').dataset['service']).toBe('instainstru-api');
    expect(one('service-row').textContent).toContain('4.47');
    one('service-row').querySelector('a')!.click();
    await until(() => expect(one('result-table')).toBeTruthy());
    expect(location.pathname + location.search).toContain('/explore?q=');
    expect(asked.at(-1)).toBe("| where ['service.name'] == \"instainstru-api\"\n| sort by _time desc");
  });
  test('the filter is in the URL and asks nothing anew', async () => {
    open('/?filter=preview');
    await until(() => expect(all('service-row')).toHaveLength(4));
    const before = asked.length;
    here.go({ page: 'services', range: here.range, dataset: undefined, filter: 'beat', sort: '' });
    await until(() => expect(all('service-row')).toHaveLength(2));
    expect(asked).toHaveLength(before);
  });
  test('of another dataset are chosen at the head, and their links stay there', async () => {
    open('/');
    await until(() => expect(document.querySelectorAll('option')).toHaveLength(2));
    const choice = document.querySelector<HTMLSelectElement>('select')!;
    choice.value = 'other';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => expect(asked.at(-1)).toMatch(/^other\n\| summarize/));
    expect(location.search).toBe('?dataset=other');
    await until(() => expect(one('service-row').querySelector('a')!.getAttribute('href')).toMatch(/q=other/));
    expect(document.querySelector('nav a.item')!.getAttribute('href')).toBe('/?dataset=other');
  });
  test('that are none: the page names the dataset and leads to the others', async () => {
    open('/?dataset=nothing');
    await until(() => expect(document.querySelector('.notice')?.textContent).toContain('The dataset nothing has none of this time'));
    await until(() => expect([...document.querySelectorAll('.notice a')].map((link) => link.getAttribute('href'))).toEqual(['/?dataset=traces', '/?dataset=other']));
  });
  test('on a telephone the errors and p95 come before the edge', async () => {
    const heads = async () => {
      open('/');
      await until(() => expect(all('service-row')).toHaveLength(9));
      expect(one('service-row').children).toHaveLength(11);
      return [...document.querySelectorAll('th')].map((head) => head.textContent?.replace('↓', '').trim());
    };
    expect((await heads()).slice(0, 4)).toEqual(['Service', 'Activity', 'Spans', '/min']);
    await unmount(app);
    vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: true }));
    expect((await heads()).slice(0, 4)).toEqual(['Service', 'Errors', 'p95', 'Spans']);
  });
  test('never connected: the addresses of this server', async () => {
    firstSpan = null;
    open('/');
    await until(() => expect(document.body.textContent).toContain('Waiting for the first span'));
    expect(document.body.textContent).toContain('http://here:4318');
    expect(document.querySelector('[role="alert"]')).toBeNull();
  });
});

describe('a server with tokens', () => {
  const enter = (text: string) => {
    const field = document.querySelector<HTMLInputElement>('input[name="token"]')!;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    document.querySelector<HTMLButtonElement>('button[type="submit"]')!.click();
  };
  test('asks once, says what is wrong, and then shows the page that was asked for', async () => {
    known = 'xaat-right';
    open('/');
    await until(() => expect(document.body.textContent).toContain('This server asks for a token'));
    expect(document.body.textContent).toContain('throughline token create');
    enter('xaat-wrong');
    await until(() => expect(document.querySelector('[role="alert"]')!.textContent).toContain('does not know this token'));
    expect(localStorage.getItem('throughline.token')).toBeNull();
    enter(WRITER);
    await until(() => expect(document.querySelector('[role="alert"]')!.textContent).toContain('may not query'));
    expect(localStorage.getItem('throughline.token')).toBeNull();
    enter(' xaat-right ');
    await until(() => expect(all('service-row')).toHaveLength(9));
    expect(localStorage.getItem('throughline.token')).toBe('xaat-right');
    const forget = [...document.querySelectorAll<HTMLButtonElement>('nav button')].find((one) => one.textContent?.includes('Forget token'))!;
    forget.click();
    await until(() => expect(document.body.textContent).toContain('This server asks for a token'));
    expect(localStorage.getItem('throughline.token')).toBeNull();
  });
  test('that revokes the token of this browser asks again', async () => {
    known = 'xaat-new';
    token.set('xaat-old');
    open('/');
    await until(() => expect(document.querySelector('[role="alert"]')!.textContent).toContain('not valid any more'));
  });
});

describe('explore', () => {
  test('an error is shown where it is, and repaired with one press', async () => {
    open(`/explore?q=${encodeURIComponent('| where durration > 1s\n| limit 5')}`);
    await until(() => expect(one('query-error').textContent).toContain('1:9'));
    expect(document.querySelector('.wrong')).not.toBeNull();
    one('query-error').querySelector('button')!.click();
    await until(() => expect(all('result-row').length).toBeGreaterThan(0));
    expect(asked.at(-1)).toBe('| where duration > 1s\n| limit 5');
  });
  test('a query over another dataset links to traces of that dataset', async () => {
    open(`/explore?q=${encodeURIComponent('other | take 5')}`);
    await until(() => expect(one('result-row').querySelector('a')!.getAttribute('href')).toMatch(/^\/trace\/d{32}\?dataset=other&span=/));
  });
  test('without a query, and without a range, nothing is asked', async () => {
    open('/explore?q=');
    await until(() => expect(document.body.textContent).toContain('Write a query first'));
    here.goTo(`${location.origin}/explore?from=abc`);
    await until(() => expect(document.body.textContent).toContain('“abc” is no time'));
    here.goTo(`${location.origin}/?from=now&to=now-1h`);
    await until(() => expect(document.body.textContent).toContain('ends before it begins'));
    expect(asked.filter((apl) => !apl.startsWith('| summarize count() by'))).toEqual([]);
  });
  test('a chart of fewer buckets forgets where the pointer was', async () => {
    open(`/explore?q=${encodeURIComponent("| summarize count() by ['service.name'], bin(_time, 1m)")}`);
    await until(() => expect(one('time-chart')).toBeTruthy());
    const svg = one('time-chart').querySelector('svg')!;
    svg.dispatchEvent(new MouseEvent('pointermove', { clientX: 1e6, bubbles: true }));
    flushSync();
    expect(svg.querySelector('.over')).not.toBeNull();
    here.setRange({ from: 'now-5m', to: 'now' });
    await until(() => expect(svg.querySelector('.over')).toBeNull());
    expect(one('time-chart').outerHTML).not.toContain('NaN');
  });
  test('what closes gives the focus back', async () => {
    open(`/explore?q=${encodeURIComponent('| where durration > 1s\n| limit 5')}`);
    const focused = () => document.activeElement as HTMLElement;
    await until(() => expect(one('query-error')).toBeTruthy());
    one('query-error').querySelector('button')!.click();
    expect(focused().dataset['testid']).toBe('query-input');
    const runbook = document.querySelector<HTMLElement>('.examples button')!;
    runbook.click();
    flushSync();
    document.querySelector<HTMLElement>('.examples li button')!.focus();
    press('Escape', focused());
    expect([focused(), document.querySelector('.examples li')]).toEqual([runbook, null]);
    press('t');
    await until(() => expect(focused().tagName).toBe('INPUT'));
    [...document.querySelectorAll<HTMLElement>('.menu li button')].at(-1)!.click();
    flushSync();
    expect([focused().dataset['focus'], here.range.from, document.querySelector('.menu')]).toEqual(['range', 'now-30d', null]);
    press('t');
    await until(() => expect(focused().tagName).toBe('INPUT'));
    one('run-query').focus();
    await until(() => expect(document.querySelector('.menu')).toBeNull());
    expect(focused().dataset['testid']).toBe('run-query');
  });
  test('Tab comes to the row that was left, and to no other', async () => {
    open('/explore');
    await until(() => expect(all('result-row').length).toBeGreaterThan(5));
    const stops = () => [...one('result-table').querySelectorAll<HTMLElement>('[data-at][tabindex="0"], a[tabindex="0"]')].map((stop) => stop.closest<HTMLElement>('[data-at]')!.dataset['at']);
    expect(stops()).toEqual(['0', '0']);
    all('result-row')[0]!.focus();
    press('ArrowDown', document.activeElement!);
    press('j', document.activeElement!);
    expect([stops(), (document.activeElement as HTMLElement).dataset['at']]).toEqual([['2', '2'], '2']);
  });
  test('a trace id is a link, and only rows in view exist', async () => {
    open('/explore');
    await until(() => expect(one('result-table').getAttribute('aria-rowcount')).toBe('201'));
    expect(all('result-row').length).toBeLessThan(60);
    expect(one('result-row').querySelector('a')!.getAttribute('href')).toMatch(/^\/trace\/[0-9a-f]{32}\?span=/);
  });
});

describe('explore in SQL', () => {
  const area = () => one('query-input') as HTMLTextAreaElement;
  const button = (text: string) => [...document.querySelectorAll('button')].find((candidate) => candidate.textContent?.trim() === text)!;
  const type = (text: string) => { area().value = text; area().dispatchEvent(new Event('input', { bubbles: true })); flushSync(); };

  test('has its own text, and a URL, and each language keeps what was there', async () => {
    open(`/explore?q=${encodeURIComponent('| take 5')}`);
    await until(() => expect(area().value).toBe('| take 5'));
    type('| take 6');
    press('L');
    await until(() => expect(area().value).toMatch(/^SELECT _time/));
    expect([location.search, area().getAttribute('aria-label'), area().getAttribute('role')]).toEqual(['?lang=sql', 'SQL query', null]);
    await until(() => expect(all('result-row').length).toBeGreaterThan(5));
    expect(one('result-row').querySelector('a')!.getAttribute('href')).toMatch(/^\/trace\/[0-9a-f]{32}\?span=/);
    type('SELECT 1');
    button('APL').click();
    await until(() => expect(area().value).toBe('| take 6'));
    expect(location.search).toBe('?q=%7C+take+5');
    press('L');
    await until(() => expect(area().value).toBe('SELECT 1'));
    expect(asked.filter((text) => text.startsWith('SELECT')).every((text) => text.startsWith('SELECT _time'))).toBe(true);
  });
  test('a mistake is shown where it is, and repaired with one press; nothing is asked while one writes', async () => {
    open(`/explore?lang=sql&q=${encodeURIComponent('SELECT durration FROM traces LIMIT 5')}`);
    await until(() => expect(one('query-error').textContent).toContain('1:8'));
    expect(document.querySelector('.marks .wrong')!.textContent).toBe('durration');
    type('SELECT durration FROM traces LIMIT 55');
    area().dispatchEvent(new KeyboardEvent('keydown', { key: ' ', ctrlKey: true, bubbles: true }));
    type('SELECT durration FROM traces LIMIT 5');
    one('query-error').querySelector('button')!.click();
    await until(() => expect(all('result-row')).toHaveLength(5));
    expect(asked.at(-1)).toBe('SELECT duration FROM traces LIMIT 5');
    expect(paths.filter((path) => path.startsWith('/api/v1/apl/'))).toEqual([]);
  });
  test('rounded times make a chart, a row has details without a filter, and the plan is told', async () => {
    open(`/explore?lang=sql&row=0&q=${encodeURIComponent("SELECT date_bin(INTERVAL '1 minute', _time), count(*) FROM traces GROUP BY 1")}`);
    await until(() => expect(one('time-chart').textContent).toContain('over time'));
    expect(one('row-details').querySelector('[aria-label^="Filter"]')).toBeNull();
    button('Plan').click();
    await until(() => expect(one('query-plan').textContent).toContain('read SELECT date_bin'));
    press('L');
    press('Escape');
    expect([area().getAttribute('aria-label'), all('row-details').length]).toEqual(['SQL query', 1]);
  });
  test('is offered for a text that reads like it, and the other way round', async () => {
    open(`/explore?q=${encodeURIComponent('| take 5')}`);
    await until(() => expect(area().value).toBe('| take 5'));
    type('SELECT name FROM traces LIMIT 3');
    expect(one('language-offer').textContent).toContain('SQL');
    button('Ask it in SQL').click();
    await until(() => expect(all('result-row')).toHaveLength(3));
    expect(new URLSearchParams(location.search).get('lang')).toBe('sql');
    type('traces | take 4');
    button('Ask it in APL').click();
    await until(() => expect(all('result-row')).toHaveLength(4));
    expect([asked.at(-1), new URLSearchParams(location.search).get('lang')]).toEqual(['traces | take 4', null]);
    press('L');
    await until(() => expect(area().value).toBe('SELECT name FROM traces LIMIT 3'));
  });
});

describe('a trace', () => {
  test('has its rows, its summary, and details of a span', async () => {
    open(`/trace/${BOOKING}`);
    await until(() => expect(all('span-row').length).toBeGreaterThan(5));
    expect(one('trace-summary').textContent).toMatch(/21\s+spans/);
    const row = document.querySelector<HTMLElement>('[data-span-id="0001000000000002"]')!;
    expect([row.getAttribute('aria-level'), row.getAttribute('aria-expanded')]).toEqual(['2', 'true']);
    row.click();
    await until(() => expect(one('span-details').textContent).toContain('authenticate'));
    expect(location.search).toBe('?span=0001000000000002');
    press('j');
    await until(() => expect(one('span-details').dataset['spanId']).toBe('0001000000000003'));
    press('h');
    press('h');
    expect(document.querySelector('[data-span-id="0001000000000003"]')).toBeNull();
    press('Escape');
    await until(() => expect(all('span-details')).toHaveLength(0));
  });
  test('of another dataset is asked for there, and its links stay there', async () => {
    open(`/trace/${DEEP}?dataset=other`);
    await until(() => expect(all('span-row').length).toBeGreaterThan(5));
    expect(document.body.textContent).toContain('(no name)');
    const query = [...document.querySelectorAll('a')].find((link) => link.textContent === 'Open as query')!;
    expect(new URL(query.href).searchParams.get('q')).toMatch(/^other\n\| where/);
    document.querySelector<HTMLElement>('[data-span-id="0001000000000004"]')!.click();
    await until(() => expect(one('span-details').textContent).toContain('show all 3'));
    expect(location.search).toBe('?dataset=other&span=0001000000000004');
    expect(one('span-details').textContent).not.toContain('None');
  });
  test('says what is missing', async () => {
    open(`/trace/${ODD}`);
    await until(() => expect(one('trace-summary').textContent).toContain('3 spans without their parent'));
    expect(document.body.textContent).toContain('Missing span 0001000000000384');
    expect(one('trace-summary').textContent).toContain('clock skew');
    expect(one('trace-summary').textContent).toContain('cycle');
    expect(one('trace-summary').textContent).not.toContain('complete');
  });
  test('that is not there says so', async () => {
    open(`/trace/${'c'.repeat(32)}`);
    await until(() => expect(document.body.textContent).toContain('No trace with this id in the dataset traces'));
    await until(() => expect(document.querySelector(`a[href="/trace/${'c'.repeat(32)}?dataset=other"]`)).not.toBeNull());
  });
});

test('a pasted header opens its trace', async () => {
  open('/');
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }));
  await until(() => expect(one('palette-input')).toBeTruthy());
  const input = one('palette-input') as HTMLInputElement;
  input.value = `x-trace-id: ${BOOKING}`;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  press('Enter', input);
  await until(() => expect(one('trace-summary').dataset['traceId']).toBe(BOOKING));
});
