import { expect, test } from 'vitest';
import { answer } from '../api/tabular';
import { activity, activityQuery, arranged, datasetOf, services, spansOf } from './list';
import { snippets } from './snippets';

const NAMES = ['service.name', 'spans', 'traces', 'average', 'p50', 'p95', 'p99', 'errors', 'last_seen'];
const TYPES = ['string', 'integer', 'integer', 'timespan', 'timespan', 'timespan', 'timespan', 'integer', 'datetime'];
const row = (name: string | null, spans: number, errors: number) => [name, spans, 3, '4.47ms', '3ms', '10ms', '20ms', errors, '2026-11-23T05:00:00.5Z'];
const summary = (...rows: unknown[][]) => answer({
  tables: [{ fields: NAMES.map((name, at) => ({ name, type: TYPES[at]! })), columns: NAMES.map((_, at) => rows.map((cells) => cells[at])) }],
});

test('rows become services', () => {
  const [api, none] = services(summary(row('api', 40, 1), row(null, 2, 0)));
  expect(api).toEqual({ name: 'api', spans: 40, traces: 3, average: 4_470_000, p50: 3e6, p95: 1e7, p99: 2e7, errors: 1, lastSeen: '2026-11-23T05:00:00.5Z' });
  expect(none?.name).toBe('(no service name)');
});

test('filter and order', () => {
  const all = services(summary(row('shop-api', 5, 0), row('shop-worker', 9, 2), row('cron', 5, 4)));
  const names = (...how: [string, 'spans' | 'errors' | 'name', boolean]) => arranged(all, ...how).map((one) => one.name);
  expect(names('', 'spans', true)).toEqual(['shop-worker', 'cron', 'shop-api']);
  expect(names('SHOP', 'errors', true)).toEqual(['shop-worker', 'shop-api']);
  expect(names('shop api', 'name', false)).toEqual(['shop-api']);
});

test('activity fills the range', () => {
  const start = Date.parse('2026-11-23T05:00:00Z');
  const range = { from: start + 30_000, to: start + 300_000 };
  const bars = activity(answer({
    tables: [{
      fields: [{ name: 'service.name', type: 'string' }, { name: '_time', type: 'datetime' }, { name: 'spans', type: 'integer' }, { name: 'errors', type: 'integer' }],
      buckets: { field: '_time', size: 60e9 },
      columns: [['api', 'api'], ['2026-11-23T05:00:00Z', '2026-11-23T05:03:00Z'], [7, 2], [0, 1]],
    }],
  }), range);
  expect(bars.get('api')).toEqual({ spans: [7, 0, 0, 2, 0], errors: [0, 0, 0, 1, 0], peak: 7 });
  expect(activityQuery({ from: 0, to: 3_600_000 })).toContain('bin(_time, 2m)');
});

test('a row leads to its spans', () => {
  expect(spansOf('a"b', 'traces')).toBe(`| where ['service.name'] == "a\\"b"\n| sort by _time desc`);
  expect(spansOf('api', 'traces', true)).toContain('and error');
  expect(spansOf('(no service name)', 'traces')).toContain("isnull(['service.name'])");
  expect(spansOf('api', 'my-data')).toMatch(/^\['my-data'\]\n\| where/);
});

test('the dataset is the chosen one, the usual one, or what there is', () => {
  expect([datasetOf(undefined, []), datasetOf(undefined, ['a', 'traces']), datasetOf(undefined, ['prod', 'x']), datasetOf('x', ['traces', 'x'])]).toEqual(['traces', 'traces', 'prod', 'x']);
});

test('snippets carry the addresses of this server', () => {
  const all = snippets({ version: '1', first_span_at: null, otlp_http: 'http://h:4318', otlp_grpc: 'http://h:4317', datasets: [] }, 1_700_000_000_000);
  expect(all.map((one) => one.text.includes('h:431'))).toEqual([true, true, true, true]);
  expect(all.filter((one) => one.text.includes('ENABLE_OTEL')).map((one) => one.title)).toEqual(['Rust kit']);
  expect(all[2]?.text).toContain('"startTimeUnixNano":"1700000000000000000"');
  expect(all.some((one) => /authorization/i.test(one.text))).toBe(false);
  const meta = { version: '1', first_span_at: null, otlp_http: '', otlp_grpc: '', datasets: [] };
  const closed = snippets(meta, 0, true).filter((one) => /authorization.*bearer xaat-/i.test(one.text));
  expect(closed.map((one) => one.title)).toEqual(['Environment', 'Rust kit', 'curl', 'Collector']);
});
