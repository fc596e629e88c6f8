import { describe, expect, test } from 'vitest';
import { Chords } from './keys';
import { datasetIn, decode, encode, explore, nextSort, services, sortOf, trace, traceIdIn, type Place } from './url';
import { DEFAULT } from '../time/range';

const ID = '1e0620e4acc5a6dd7ee5f837c9d17378';
const range = { from: 'now-15m', to: 'now' };
const places: Place[] = [
  services(DEFAULT), services(range), services(range, 'my data'), { page: 'services', range, dataset: undefined, filter: 'api & co', sort: '-spans' },
  explore(DEFAULT), explore(range, ''), explore(range, "| where ['a b'] == \"ü&=+%\"\n| limit 5"),
  explore(DEFAULT, undefined, 'sql'), explore(range, 'SELECT "a" || \'b\' FROM traces', 'sql'),
  { page: 'explore', range: DEFAULT, language: 'apl', query: 'x', sort: 'duration', row: 0, draw: 'a, b' },
  trace(ID), trace(ID, '00f067aa0ba902b7'), trace(ID, undefined, 'my data'), { page: 'trace', id: 'not an id', dataset: 'traces', span: undefined, find: 'http.route=/b' },
  { page: 'lost', path: '/nowhere' },
];

test.each(places)('the URL of %j brings it back', (place) => {
  expect(decode(new URL(encode(place), 'http://host'))).toEqual(place);
});

test('defaults make short URLs', () => {
  expect(encode(services(DEFAULT))).toBe('/');
  expect(encode(trace(ID.toUpperCase()))).toBe(`/trace/${ID}`);
});

test('a damaged URL is still a place', () => {
  expect(decode(new URL('http://host/trace/%E0%A4%A')).page).toBe('trace');
  expect(decode(new URL('http://host/explore?row=-3&from=now-1h'))).toEqual(explore(DEFAULT));
});

test.each([
  [ID, ID], [` ${ID.toUpperCase()}\n`, ID], [`x-trace-id: ${ID}`, ID], [`00-${ID}-00f067aa0ba902b7-01`, ID],
  [`http://host/trace/${ID}?span=1`, ID], [`${ID}0`, undefined], ['0'.repeat(32), undefined], ['checkout', undefined],
])('the trace id in %j', (text, id) => expect(traceIdIn(text)).toBe(id));

test('sorting', () => {
  expect([sortOf(''), sortOf('a'), sortOf('-a')]).toEqual([undefined, { by: 'a', descending: false }, { by: 'a', descending: true }]);
  expect([nextSort('', 'a', true), nextSort('-a', 'a', true), nextSort('a', 'a', true), nextSort('b', 'a', false)]).toEqual(['-a', 'a', '', 'a']);
});

test('a trace names its dataset, unless it is the usual one', () => {
  expect(encode(trace(ID, 's', 'other'))).toBe(`/trace/${ID}?dataset=other&span=s`);
  expect(encode(trace(ID, undefined, 'traces'))).toBe(`/trace/${ID}`);
  expect([datasetIn(`http://h/trace/${ID}?dataset=my%20data`), datasetIn(ID)]).toEqual(['my data', 'traces']);
});

test('an end that cannot be read stays in the range', () => {
  expect(decode(new URL('http://host/?from=abc'))).toEqual(services({ from: 'abc', to: 'now' }));
});

describe('chords', () => {
  test('two keys in time', () => {
    const chords = new Chords();
    expect([chords.press('g', false, 0), chords.press('s', false, 500)]).toEqual([undefined, 'services']);
    expect([chords.press('g', false, 0), chords.press('s', false, 5000)]).toEqual([undefined, undefined]);
  });
  test('single keys and control', () => {
    const chords = new Chords();
    expect([chords.press('?', false, 0), chords.press('k', true, 0), chords.press('k', false, 0)]).toEqual(['help', 'palette', undefined]);
  });
});
