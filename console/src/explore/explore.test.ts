import { describe, expect, test } from 'vitest';
import type { Column, Table } from '../api/tabular';
import { cellFormat, columnWidth, shown } from './columns';
import { chart, within } from './series';
import { shapes } from './shapes';

const at = (minute: number) => `2026-11-23T05:${String(minute).padStart(2, '0')}:00Z`;
const column = (name: string, kind: Column['kind'], values: unknown[], agg?: string): Column => ({ name, kind, agg, values });
function table(columns: Column[], more: Partial<Table> = {}): Table {
  return { columns, rows: columns[0]?.values.length ?? 0, groups: [], bucket: undefined, range: undefined, datasets: [], ...more };
}

describe('a chart', () => {
  const counts = table([
    column('_time', 'datetime', [at(0), at(0), at(2)]), column('service.name', 'string', ['a', 'b', 'a']), column('count_', 'number', [3, 1, 5], 'count'),
  ], { groups: ['_time', 'service.name'], bucket: { field: '_time', ms: 60_000 } });

  test('has a series for each group, zero where nothing was counted', () => {
    const drawn = chart(counts)!;
    expect(drawn.series.map((series) => [series.name, series.points])).toEqual([['a', [3, 0, 5]], ['b', [1, 0, 0]]]);
    expect([drawn.stacked, drawn.peak, drawn.times.length]).toEqual([true, 5, 3]);
  });
  test('covers the whole range that was asked for', () => {
    const range = { from: Date.parse(at(0)) - 120_000, to: Date.parse(at(5)) };
    expect(chart({ ...counts, range })!.times).toHaveLength(7);
  });
  test('leaves gaps in averages', () => {
    const averages = table([column('_time', 'datetime', [at(0), at(2)]), column('p95', 'timespan', [1e6, 2e6], 'percentiles')], { groups: ['_time'], bucket: { field: '_time', ms: 60_000 } });
    const drawn = chart(averages)!;
    expect([drawn.stacked, drawn.series[0]?.points]).toEqual([false, [1e6, null, 2e6]]);
    const [shape] = shapes(drawn, () => 7, () => 3);
    expect(shape?.path.match(/M/g)).toHaveLength(2);
    expect(shape?.dots).toEqual([{ x: 7, y: 3 }, { x: 7, y: 3 }]);
  });
  test('folds the small series of a stack', () => {
    const names = Array.from({ length: 15 }, (_, index) => `s${index}`);
    const many = table([column('_time', 'datetime', names.map(() => at(0))), column('g', 'string', names), column('count_', 'number', names.map((_, index) => index + 1), 'count')], { groups: ['_time', 'g'], bucket: { field: '_time', ms: 60_000 } });
    const drawn = chart(many)!;
    expect([drawn.series.length, drawn.series.at(-1)?.name, drawn.series.at(-1)?.total, drawn.folded]).toEqual([12, 'other', 10, 4]);
  });
  test('a group called other is not the rest', () => {
    const names = ['other', ...Array.from({ length: 12 }, (_, index) => `s${index}`)];
    const many = table([column('_time', 'datetime', names.map(() => at(0))), column('g', 'string', names), column('count_', 'number', names.map((_, index) => 20 - index), 'count')], { groups: ['_time', 'g'], bucket: { field: '_time', ms: 60_000 } });
    expect(chart(many)!.series.filter((series) => /other/.test(series.name)).map((series) => [series.name, series.rest])).toEqual([['other', undefined], ['all others', true]]);
  });
  test('a pointer left from a longer chart points at nothing', () => {
    const drawn = chart(counts)!;
    expect([within(drawn, 2), within(drawn, 3), within(drawn, undefined)]).toEqual([2, undefined, undefined]);
  });
  test('draws durations together, counts together, and says what else there is', () => {
    const many = table([
      column('_time', 'datetime', [at(0), at(2)]), column('mean', 'timespan', [1e6, 2e6], 'avg'), column('n', 'number', [9, 8], 'count'), column('p95', 'timespan', [5e6, null], 'percentiles'),
      column('bad', 'number', [1, 0], 'countif'), column('share', 'number', [0.1, 0]),
    ], { groups: ['_time'], bucket: { field: '_time', ms: 60_000 } });
    const said = (wanted?: string) => { const drawn = chart(many, wanted)!; return [drawn.name, drawn.stacked, drawn.peak, drawn.series.map((series) => [series.name, series.points])]; };
    expect(chart(many)!.choices).toEqual(['mean, p95', 'n, bad', 'share']);
    expect(said()).toEqual(['mean, p95', false, 5e6, [['p95', [5e6, null, null]], ['mean', [1e6, null, 2e6]]]]);
    expect(said('n, bad')).toEqual(['n, bad', false, 9, [['n', [9, 0, 8]], ['bad', [1, 0, 0]]]]);
    expect(said('gone')).toEqual(said());
  });
  test('of groups draws one column, and each can be chosen', () => {
    const two = { ...counts, columns: [...counts.columns, column('p95', 'timespan', [1e6, 2e6, 3e6], 'percentiles')] };
    expect(chart(two)!.choices).toEqual(['count_', 'p95']);
    expect(chart(two, 'p95')!.series.map((series) => [series.name, series.points])).toEqual([['a', [1e6, null, 3e6]], ['b', [2e6, null, null]]]);
  });
  test('is none without time buckets', () => expect(chart(table([column('a', 'number', [1])]))).toBeUndefined());
});

test('whole spans show what they have, the telling columns first', () => {
  const rest = Array.from({ length: 14 }, (_, index) => column(`attributes.x${index}`, 'string', [null]));
  const spans = table([column('kind', 'string', ['server']), ...rest, column('name', 'string', ['GET /']), column('_time', 'datetime', [at(0)])]);
  const { columns, empty } = shown(spans);
  expect([columns.map((one) => one.name), empty]).toEqual([['_time', 'name', 'kind'], 14]);
  expect(shown(table([column('a', 'string', [null])])).columns).toHaveLength(1);
});

test('cells', () => {
  const plain = (text: string) => text.replaceAll('\u202f', ' ');
  const durations = column('duration', 'timespan', [1_500_000, null]);
  expect(plain(cellFormat(durations, 'utc')(1_500_000))).toBe('1.50 ms');
  expect(cellFormat(column('_time', 'datetime', []), 'utc')(at(1))).toBe('2026-11-23 05:01:00.000');
  expect(plain(cellFormat(column('n', 'number', [12345.678901]), 'utc')(12345.678901))).toBe('12 345.7');
  expect(cellFormat(column('server.port', 'number', [54321]), 'utc')(54321)).toBe('54321');
  expect(columnWidth(column('trace_id', 'string', ['a'.repeat(32)]), String)).toBe(32);
  expect(columnWidth(column('t', 'string', ['a'.repeat(3200)]), String)).toBe(52);
});
