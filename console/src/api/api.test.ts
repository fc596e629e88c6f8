import { afterEach, describe, expect, test, vi } from 'vitest';
import { query, querySql, Refusal } from './client';
import { toCsv, toJson } from './export';
import { Load } from './load.svelte';
import { answer, sortedRows, type Wire } from './tabular';
import { token } from './token.svelte';

const wire: Wire = {
  status: { elapsedTime: 1500, rowsExamined: 9, messages: [{ code: 'default_limit_warning', msg: 'limited' }] },
  tables: [
    {
      name: '0',
      fields: [{ name: 'service.name', type: 'string' }, { name: 'p95', type: 'timespan', agg: { name: 'percentiles' } }, { name: 'n', type: 'integer' }],
      groups: [{ name: 'service.name' }],
      buckets: { field: '_time', size: 60e9 },
      columns: [['b,"', 'a', null], ['1.5ms', null, '2s'], [1, 10, 2]],
    },
    { name: '_totals', fields: [], columns: [] },
  ],
};

afterEach(() => vi.unstubAllGlobals());

test('an answer becomes cells', () => {
  const { table, elapsedMs, limited, messages } = answer(wire);
  expect(table.rows).toBe(3);
  expect(table.columns.map((column) => column.kind)).toEqual(['string', 'timespan', 'number']);
  expect(table.columns[1]?.values).toEqual([1_500_000, null, 2e9]);
  expect(table.bucket).toEqual({ field: '_time', ms: 60_000 });
  expect([elapsedMs, limited, messages]).toEqual([1.5, true, []]);
  expect(answer({}).table.rows).toBe(0);
  const joined = answer({ tables: [{ fields: ['name', 'name', 'name'].map((name) => ({ name, type: 'string' })), columns: [['a'], ['b'], ['c']] }] });
  expect(JSON.parse(toJson(joined.table, [0]))).toEqual([{ name: 'a', 'name (2)': 'b', 'name (3)': 'c' }]);
});

test('rows sort by kind, nulls last', () => {
  const { table } = answer(wire);
  expect(sortedRows(table, 'n', true)).toEqual([1, 2, 0]);
  expect(sortedRows(table, 'p95', false)).toEqual([0, 2, 1]);
  expect(sortedRows(table, 'p95', true)).toEqual([2, 0, 1]);
  expect(sortedRows(table, undefined, true)).toEqual([0, 1, 2]);
});

test('export', () => {
  const { table } = answer(wire);
  expect(toCsv(table, [0, 1])).toBe('service.name,p95,n\r\n"b,""",1500000,1\r\na,,10\r\n');
  expect(JSON.parse(toJson(table, [2]))).toEqual([{ 'service.name': null, p95: 2e9, n: 2 }]);
});

describe('a query', () => {
  const stub = (status: number, body: string) => vi.stubGlobal('fetch', vi.fn(async () => new Response(body, { status })));
  const run = () => query('| count', { from: 'now-1h', to: 'now' }, new AbortController().signal);

  test('sends the range as the server reads it', async () => {
    stub(200, JSON.stringify(wire));
    await run();
    const [path, init] = vi.mocked(fetch).mock.calls[0]!;
    expect(path).toBe('/v1/datasets/_apl?format=tabular');
    expect(JSON.parse(String(init?.body))).toEqual({ apl: '| count', startTime: 'now-1h', endTime: 'now' });
  });
  test('in SQL goes to its own door', async () => {
    stub(200, JSON.stringify(wire));
    await querySql('SELECT 1', { from: 'now-1h', to: 'now' }, new AbortController().signal);
    const [path, init] = vi.mocked(fetch).mock.calls[0]!;
    expect([path, JSON.parse(String(init?.body))]).toEqual(['/api/v1/sql', { sql: 'SELECT 1', startTime: 'now-1h', endTime: 'now' }]);
  });
  test('a refusal carries its diagnostics', async () => {
    stub(400, JSON.stringify({ message: 'no field', diagnostics: [{ message: 'no field', line: 1, column: 2, start: 1, end: 2, suggestion: 'x' }] }));
    const refusal = await run().catch((cause: unknown) => cause as Refusal);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).diagnostics[0]?.suggestion).toBe('x');
  });
  test('a token is sent once there is one, and asked for on 401', async () => {
    stub(401, JSON.stringify({ message: 'a token is missing', code: 401 }));
    await expect(run()).rejects.toThrow('a token is missing');
    expect(vi.mocked(fetch).mock.calls[0]![1]?.headers).toEqual({ 'content-type': 'application/json' });
    expect(token.wanted).toBe(true);
    token.set(' xaat-1 ');
    token.keep();
    expect([token.wanted, localStorage.getItem('throughline.token')]).toEqual([false, 'xaat-1']);
    stub(200, JSON.stringify(wire));
    await run();
    expect(vi.mocked(fetch).mock.calls[0]![1]?.headers).toEqual({ 'content-type': 'application/json', authorization: 'Bearer xaat-1' });
    token.forget();
    expect(localStorage.getItem('throughline.token')).toBe(null);
  });
  test('an answer that is no JSON is a refusal', async () => {
    stub(200, '<html>');
    await expect(run()).rejects.toThrow('not JSON');
  });
});

test('a newer load wins, and the old value stays meanwhile', async () => {
  const load = new Load<number>();
  await load.run(async () => 1);
  let release: (value: number) => void = () => {};
  const slow = load.run(() => new Promise((resolve) => (release = resolve)));
  expect([load.value, load.busy]).toEqual([1, true]);
  await load.run(async () => 3);
  release(2);
  await slow;
  expect([load.value, load.busy]).toEqual([3, false]);
  await load.run(async () => { throw new Refusal(503, 'later'); });
  expect([load.value, load.refusal?.message]).toEqual([3, 'later']);
});

describe('integers that a double does not hold', () => {
  const WIRE = `{"tables":[{"name":"0","fields":[{"name":"n","type":"integer"},{"name":"m","type":"map"},{"name":"x","type":"float"},{"name":"s","type":"string"}],
    "buckets":{"field":"_time","size":31536000000000000},"columns":[[1234567890123456789,-9223372036854775808,7,9007199254740991],
    [{"ids":[1234567890123456789,1]},null,null,null],[0.12345678901234567,1234567890123456.5,1e300,2],["\\"1234567890123456788\\"",", 1234567890123456788, ","\\\\",""]]}]}`;
  const ask = () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response(WIRE)));
    return query('| limit 4', { from: 'now-1h', to: 'now' }, new AbortController().signal);
  };

  test('are read exactly, and nothing else is another than before', async () => {
    const { table } = await ask();
    expect(table.columns.map((column) => column.values)).toEqual([
      [1234567890123456789n, -9223372036854775808n, 7, Number.MAX_SAFE_INTEGER], [{ ids: [1234567890123456789n, 1] }, null, null, null],
      [0.12345678901234567, 1234567890123456.5, 1e300, 2], ['"1234567890123456788"', ', 1234567890123456788, ', '\\', ''],
    ]);
    expect(table.bucket?.ms).toBe(31_536_000_000);
  });
  test('are sorted and written as numbers', async () => {
    const { table } = await ask();
    expect(sortedRows(table, 'n', false)).toEqual([1, 2, 3, 0]);
    expect(toJson(table, [0])).toContain('"n": 1234567890123456789,');
    expect(toJson(table, [0]).replaceAll(/\s/g, '')).toContain('{"ids":[1234567890123456789,1]}');
    expect(toCsv(table, [0, 2]).split('\r\n')[1]).toBe('1234567890123456789,"{""ids"":[1234567890123456789,1]}",0.12345678901234566,"""1234567890123456788"""');
  });
});
