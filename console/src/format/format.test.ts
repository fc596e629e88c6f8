import { describe, expect, test } from 'vitest';
import { columnFormat, duration, parseDuration } from './duration';
import { count, exact, percent, perMinute } from './number';
import { ago, axisTime, precise, timestamp } from './timestamp';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

test.each([
  [0, '0 ns'], [1, '1 ns'], [999, '999 ns'], [1000, '1.00 µs'], [369_000, '369 µs'], [999_600, '1.00 ms'],
  [4_470_000, '4.47 ms'], [23_330_000, '23.3 ms'], [999_400_000, '999 ms'], [999_999_999, '1.00 s'], [9_999_000, '10.0 ms'],
  [59_940_000_000, '59.9 s'], [59_960_000_000, '1 m 00 s'], [123e9, '2 m 03 s'], [3_599.7e9, '1 h 00 m'], [3_840e9, '1 h 04 m'],
  [86_400e9, '1 d 00 h'], [-1500, '−1.50 µs'], [Number.NaN, '–'],
])('duration of %d ns is %s', (ns, text) => expect(plain(duration(ns))).toBe(text));

test.each([
  ['130.944578ms', 130_944_578], ['666.387µs', 666_387], ['1m0s', 60e9], ['1h4m0.000000001s', 3_840_000_000_001],
  ['0s', 0], ['-2ms', -2_000_000], ['5us', 5000], ['', undefined], ['5', undefined], ['5ms!', undefined], ['ms', undefined],
])('the timespan %s is %s ns', (text, ns) => expect(parseDuration(text)).toBe(ns));

describe('a column of durations', () => {
  test('has one unit when it can', () => {
    const say = columnFormat([369_000, 4_470_000, 23_330_000]);
    expect([369_000, 4_470_000, 23_330_000, 0].map(say).map(plain)).toEqual(['0.37 ms', '4.47 ms', '23.33 ms', '0 ms']);
  });
  test('has a unit for each when they are far apart', () => {
    const say = columnFormat([200, 4_470_000, 61e9]);
    expect([200, 61e9].map(say).map(plain)).toEqual(['200 ns', '1 m 01 s']);
  });
});

test.each([
  [0, '0'], [999, '999'], [1234, '1.2 k'], [99_949, '99.9 k'], [123_456, '123 k'], [999_990, '1.0 M'], [3_400_000, '3.4 M'], [0.5, '0.5'],
])('count %d is %s', (value, text) => expect(plain(count(value))).toBe(text));

test.each([[9999, '9999'], [12345, '12 345'], [1234567.5, '1 234 567.5']])('exact %d is %s', (value, text) =>
  expect(plain(exact(value))).toBe(text));

test.each([
  [0, 10, '0 %'], [10, 10, '100 %'], [1, 1_000_000, '<0.01 %'], [1, 1000, '0.10 %'], [1, 3, '33.3 %'],
  [99_997, 100_000, '99.997 %'], [0, 0, '–'], [999_999_999, 1_000_000_000, '>99.999 %'],
])('percent %d of %d is %s', (part, whole, text) =>
  expect(plain(percent(part, whole))).toBe(text));

test('rates', () => {
  expect(perMinute(400, 60_000)).toBe('400');
  expect(perMinute(1, 3_600_000)).toBe('0.02');
  expect(perMinute(0, 1)).toBe('0');
});

test('timestamps keep what the wire said', () => {
  expect(timestamp('2026-11-23T05:12:44.123456789Z', 'utc')).toBe('2026-11-23 05:12:44.123');
  expect(precise('2026-11-23T05:12:44.1234Z', 'utc')).toBe('2026-11-23 05:12:44.123 400 000');
  expect(timestamp('no time', 'utc')).toBe('no time');
  expect(axisTime(Date.UTC(2026, 10, 23, 5, 12, 44), 1000, 'utc')).toBe('05:12:44');
  expect(axisTime(Date.UTC(2026, 10, 23), 3_600_000, 'utc')).toBe('11-23');
});

test('how long ago', () => {
  expect(ago(1000, 1500)).toBe('just now');
  expect(plain(ago(0, 12_000))).toBe('12 s ago');
  expect(plain(ago(0, 180_000))).toBe('3 m ago');
  expect(plain(ago(0, 7_200_000))).toBe('2 h ago');
  expect(plain(ago(0, 86_400_000 * 3))).toBe('3 d ago');
});
