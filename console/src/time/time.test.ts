import { expect, test } from 'vitest';
import { niceTicks, timeTicks, width } from './bucket';
import { fromWords, label, moment, pinned, problem, resolve, shifted, wire } from './range';

const now = new Date(2026, 10, 23, 5, 12, 44, 500).getTime();
const local = (...at: [number, number, number, number?, number?]) => new Date(...at).getTime();

test.each([
  ['now', now, now],
  ['now-15m', now - 900_000, now - 900_000],
  ['now-1d+2h', now - 79_200_000, now - 79_200_000],
  ['now/d', local(2026, 10, 23), local(2026, 10, 24)],
  ['now-1h/h', local(2026, 10, 23, 4), local(2026, 10, 23, 5)],
  ['now/w', local(2026, 10, 23), local(2026, 10, 30)],
  ['now/M', local(2026, 10, 1), local(2026, 11, 1)],
  ['2026-11-22', local(2026, 10, 22), local(2026, 10, 23)],
  ['2026-11-22T10:00:00Z', Date.UTC(2026, 10, 22, 10), Date.UTC(2026, 10, 22, 10)],
  ['2026-11-22 10:00:00.123456789Z', Date.UTC(2026, 10, 22, 10) + 123, Date.UTC(2026, 10, 22, 10) + 123],
  ['1700000000', 1_700_000_000_000, 1_700_000_000_000],
  ['1700000000123456789', 1_700_000_000_123, 1_700_000_000_123],
  ['nonsense', undefined, undefined],
  ['12', undefined, undefined],
])('%s', (text, start, end) => {
  expect(moment(text, now, false)).toBe(start);
  expect(moment(text, now, true)).toBe(end);
});

test('a range the wrong way round is none', () => {
  expect(resolve({ from: 'now', to: 'now-1h' }, now)).toBeUndefined();
  expect(resolve({ from: 'now/d', to: 'now/d' }, now)).toEqual({ from: local(2026, 10, 23), to: local(2026, 10, 24) });
});

test('words', () => {
  expect(fromWords('2h', now)).toEqual({ from: 'now-2h', to: 'now' });
  expect(fromWords('yesterday', now)).toEqual({ from: 'now-1d/d', to: 'now-1d/d' });
  expect(fromWords('now-3h to now-1h', now)).toEqual({ from: 'now-3h', to: 'now-1h' });
  expect(fromWords('2026-11-22T10:00:00Z', now)).toEqual({ from: '2026-11-22T09:55:00.000Z', to: '2026-11-22T10:05:00.000Z' });
  expect(fromWords('soon', now)).toBeUndefined();
  for (const words of ['last 2 hours', 'past 2h', '2 hours', 'the last 2 HOURS']) expect(fromWords(words, now)).toEqual({ from: 'now-2h', to: 'now' });
  expect(fromWords('last hour', now)).toEqual({ from: 'now-1h', to: 'now' });
  expect(fromWords('30 min', now)).toEqual({ from: 'now-30m', to: 'now' });
  expect([fromWords('2M', now)?.from, fromWords('2m', now)?.from, fromWords('2 Minutes', now)?.from, fromWords('2 Months', now)?.from]).toEqual(['now-2M', 'now-2m', 'now-2m', 'now-2M']);
  expect(fromWords('3 hours ago to 1h ago', now)).toEqual({ from: 'now-3h', to: 'now-1h' });
  expect(fromWords('from yesterday to now', now)).toEqual({ from: 'now-1d/d', to: 'now' });
  expect(fromWords('2026-11-22 10:00 to 2026-11-22 11:00', now)).toEqual({ from: '2026-11-22 10:00', to: '2026-11-22 11:00' });
  expect(fromWords('03:00 to 04:30', now)).toEqual({ from: new Date(local(2026, 10, 23, 3)).toISOString(), to: new Date(local(2026, 10, 23, 4, 30)).toISOString() });
});

test('what is wrong with a range', () => {
  expect(problem({ from: 'abc', to: 'now' }, now)).toContain('“abc”');
  expect(problem({ from: 'now', to: 'now-1h' }, now)).toContain('ends before it begins');
  expect(problem({ from: 'now-1h', to: 'now' }, now)).toBeUndefined();
});

test('the wire gets what the server reads', () => {
  expect(wire('now-15m', now, false)).toBe('now-15m');
  expect(wire('now/d', now, false)).toBe(new Date(2026, 10, 23).toISOString());
});

test('labels', () => {
  expect(label({ from: 'now-1h', to: 'now' }, 'utc')).toBe('Last hour');
  expect(label({ from: 'now-42m', to: 'now' }, 'utc')).toBe('Last 42m');
  expect(label({ from: '2026-11-22T10:00:00Z', to: '2026-11-22T11:30:00Z' }, 'utc')).toBe('2026-11-22 10:00 – 11:30');
});

test('shift and pin', () => {
  expect(shifted({ from: '2026-11-22T10:00:00Z', to: '2026-11-22T12:00:00Z' }, -1, now)).toEqual({
    from: '2026-11-22T09:00:00.000Z', to: '2026-11-22T11:00:00.000Z',
  });
  expect(pinned({ from: 'now-1h', to: 'now' }, now).to).toBe(new Date(now).toISOString());
});

test('buckets and ticks', () => {
  expect(width(3_600_000, 60).apl).toBe('1m');
  expect(width(900_000, 40).apl).toBe('30s');
  expect(timeTicks(30_000, 190_000, 4).at).toEqual([60_000, 120_000, 180_000]);
  expect(niceTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(niceTicks(0.1, 0.35, 3)).toHaveLength(3);
  expect(niceTicks(0, 0, 3)).toEqual([0]);
});
