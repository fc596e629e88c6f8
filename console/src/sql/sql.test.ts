import { describe, expect, test } from 'vitest';
import type { Column, Table } from '../api/tabular';
import { chart } from '../explore/series';
import { aggregationIn, aggregations } from './aggregations';
import { withBuckets } from './buckets';
import { tokens } from './tokens';

const classes = (source: string) =>
  tokens(source).filter((token) => source.slice(token.start, token.end).trim() !== '').map((token) => `${source.slice(token.start, token.end)}:${token.kind}`);

test('colours', () => {
  expect(classes(`Select "a ""b", count(*) FROM t -- from\nWHERE x IN ('it''s', 1.5) /* and\nso */ LEFT JOIN u`)).toEqual([
    'Select:operator', '"a ""b":field', ',:plain', 'count:function', '(:plain', '*:plain', '):plain', 'FROM:operator', 't:plain', '-- from:comment',
    'WHERE:operator', 'x:plain', 'IN:word', '(:plain', "'it''s':string", ',:plain', '1.5:number', '):plain', '/* and\nso */:comment', 'LEFT:operator', 'JOIN:operator', 'u:plain',
  ]);
  expect(classes('left(name, 3)')[0]).toBe('left:function');
});

test('every character is in exactly one token', () => {
  const source = `SELECT 1e9x - µ – 🙂 || "open\n 'a /* *`;
  expect(tokens(source).map((token) => source.slice(token.start, token.end)).join('')).toBe(source);
});

const column = (name: string, kind: Column['kind'], values: unknown[]): Column => ({ name, kind, agg: undefined, values });
const table = (...columns: Column[]): Table => ({ columns, rows: columns[0]!.values.length, groups: [], bucket: undefined, range: undefined, datasets: ['traces'] });
const at = (minute: number, rest = '') => `2026-11-23T05:${String(minute).padStart(2, '0')}:00${rest}Z`;
const found = (one: Table) => { const { groups, bucket } = withBuckets(one, ''); return bucket ? { by: groups, minutes: bucket.ms / 60_000, of: chart(withBuckets(one, ''))?.name } : undefined; };

test('counts and sums are found in the text', () => {
  const sql = `SELECT date_bin(INTERVAL '1 minute', _time) AS t, count(*) AS N, -- count(*) AS no
    count(*) FILTER (WHERE error AND (a > 1)) "My ""errors""", sum(CASE WHEN error THEN 1 ELSE 0 END) bad, avg(x) AS mean,
    sum(a) / count(*) AS share, count(DISTINCT b) AS different, 2 * sum(a) AS twice FROM t GROUP BY 1`;
  expect([...aggregations(sql)]).toEqual([['n', 'count'], ['My "errors"', 'count'], ['bad', 'sum']]);
  expect(['count(*)', 'sum(traces.a)', 'count(*) FILTER (WHERE a)', 'count(DISTINCT a)', 'sum(a) / count(*)', 'avg(a)', 'country'].map(aggregationIn)).toEqual(['count', 'sum', 'count', ...Array(4).fill(undefined)]);
});

describe('a result over time', () => {
  test('is known by its rounded times, in whatever order', () => {
    const counts = table(column('minute', 'datetime', [at(6), at(2), at(2)]), column('service.name', 'string', ['a', 'a', 'b']), column('count(*)', 'number', [5, 3, 1]));
    expect(found(counts)).toEqual({ by: ['minute', 'service.name'], minutes: 2, of: 'count(*)' });
    const drawn = chart(withBuckets(counts, ''))!;
    expect(drawn.series.map((series) => [series.name, series.points])).toEqual([['a', [3, 0, 5]], ['b', [1, 0, 0]]]);
    expect([drawn.stacked, drawn.guessed]).toEqual([true, true]);
  });
  test('may be grouped by numbers', () => {
    const codes = table(column('code', 'number', [200, 500, 200]), column('minute', 'datetime', [at(1), at(1), at(2)]), column('n', 'number', [4, 4, 4]));
    expect(found(codes)).toEqual({ by: ['minute', 'code'], minutes: 1, of: 'n' });
  });
  test('is drawn as the same question in APL: what adds up is stacked', () => {
    const one = table(column('t', 'datetime', [at(1), at(2)]), column('n', 'number', [1, 4]));
    expect([chart(withBuckets(one, 'select t, count(*) as n'))!.stacked, chart(withBuckets(one, 'select t, max(a) as n'))!.stacked]).toEqual([true, false]);
  });
  test('may have several numbers: the first is drawn', () => {
    const two = table(column('t', 'datetime', [at(1), at(2)]), column('p95', 'timespan', [1e6, 2e6]), column('n', 'number', [4, 4]));
    expect(found(two)).toEqual({ by: ['t'], minutes: 1, of: 'p95' });
  });
  test.each([
    ['times as they happen', table(column('_time', 'datetime', [at(1, '.1234'), at(2, '.5')]), column('duration', 'timespan', [1, 2]))],
    ['one time', table(column('t', 'datetime', [at(1), at(1)]), column('g', 'string', ['a', 'b']), column('n', 'number', [1, 2]))],
    ['nothing to tell its rows apart', table(column('t', 'datetime', [at(1), at(1), at(2)]), column('n', 'number', [1, 1, 2]))],
    ['no number', table(column('t', 'datetime', [at(1), at(2)]), column('g', 'string', ['a', 'b']))],
    ['a time that is null', table(column('t', 'datetime', [at(1), null]), column('n', 'number', [1, 2]))],
    ['no time', table(column('n', 'number', [1, 2]))],
  ])('is none with %s', (_, one) => expect(found(one)).toBeUndefined());
});
