import { describe, expect, test } from 'vitest';
import { fixed, extent, fromByte, withClause, type Diagnostic } from './edit';
import { attributeField, equals, name, resourceField, text } from './quote';
import { pipes, tokens } from './tokens';

test.each([
  ['duration', 'duration'], ['_time', '_time'], ['service.name', "['service.name']"], ["it's", "['it\\'s']"],
  ['a\\b', "['a\\\\b']"], ['by', "['by']"], ['9lives', "['9lives']"],
])('the name %s is written %s', (field, apl) => expect(name(field)).toBe(apl));

test.each([['plain', '"plain"'], ['say "hi"', '"say \\"hi\\""'], ['a\\b\nc', '"a\\\\b\\nc"']])('text', (value, apl) =>
  expect(text(value)).toBe(apl));

test('equality', () => {
  expect(equals('service.name', 'api')).toBe(`['service.name'] == "api"`);
  expect(equals('http.status_code', 500)).toBe(`['http.status_code'] == 500`);
  expect(equals('error', true)).toBe('error == true');
  expect(equals('parent_span_id', null)).toBe('isnull(parent_span_id)');
  expect(equals('_time', '2026-11-23T05:12:44.1Z', 'datetime')).toBe('_time == datetime(2026-11-23T05:12:44.1Z)');
  expect(equals('duration', 1500, 'timespan')).toBe('duration == 1500ns');
  expect(equals('tags', ['a'])).toBe('tags == "[\\"a\\"]"');
  expect(attributeField('http.route')).toBe('attributes.http.route');
  expect(resourceField('service.version')).toBe('service.version');
  expect(resourceField('host.name')).toBe('resource.host.name');
});

const classes = (source: string) =>
  tokens(source).filter((token) => source.slice(token.start, token.end).trim() !== '').map((token) => `${source.slice(token.start, token.end)}:${token.kind}`);

test('colours', () => {
  expect(classes("| where ['service.name'] == \"a|b\" and duration > 100ms // x | y")).toEqual([
    '|:pipe', 'where:operator', "['service.name']:field", '=:plain', '=:plain', '"a|b":string', 'and:word',
    'duration:plain', '>:plain', '100ms:number', '// x | y:comment',
  ]);
  expect(classes('| summarize count() by bin(_time, 1m)').slice(1, 4)).toEqual(['summarize:operator', 'count:function', '(:plain']);
  expect(classes('| project-away x')[1]).toBe('project-away:operator');
});

test('every character is in exactly one token', () => {
  const source = "['a\n\"b' 1e9x µ – 🙂 | top 5 by \\ 'open";
  const all = tokens(source);
  expect(all.map((token) => source.slice(token.start, token.end)).join('')).toBe(source);
});

test('pipes outside strings', () => expect(pipes('a | b "|" // |\n| c')).toEqual([2, 15]));

describe('diagnostics', () => {
  const source = '| where "ü🙂" == nmae';
  const diagnostic: Diagnostic = { message: '', line: 1, column: 17, start: 20, end: 24, suggestion: 'name' };
  test('bytes become characters', () => {
    expect(fromByte(source, 20)).toBe(17);
    expect(extent(source, diagnostic)).toEqual({ start: 17, end: 21 });
    expect(extent('ab', { ...diagnostic, start: 99, end: 99 })).toEqual({ start: 2, end: 3 });
  });
  test('a suggestion is taken', () => expect(fixed(source, diagnostic)).toBe('| where "ü🙂" == name'));
});

test.each([
  ["['traces']", "['traces']\n| where x"],
  ["['traces']\n| sort by a\n| limit 5", "['traces']\n| where x\n| sort by a\n| limit 5"],
  ['| top 5 by a\n| extend b = 1', '| top 5 by a\n| extend b = 1\n| where x'],
  ['| limit 5', '| where x\n| limit 5'],
  ['', '| where x'],
])('a clause goes into %j', (source, result) => expect(withClause(source, 'x')).toBe(result));
