import { expect, test } from 'vitest';
import { begun, change, glyph, toByte, type Completion, type Completions } from './complete';

const item = (insert: string, caret = insert.length): Completion => ({ label: insert, kind: 'field', insert, caret, detail: 'string', doc: '' });
const offered = (start: number, end: number): Completions => ({ start, end, items: [], found: 0 });

test('bytes and characters', () => expect([toByte('ü🙂x', 3), toByte('ü🙂x', 99)]).toEqual([6, 7]));

test('a choice takes the place of the word, which may have grown meanwhile', () => {
  const asked = '| where "ü" == na';
  const at = { start: 15, end: 17 };
  const bytes = offered(toByte(asked, at.start), toByte(asked, at.end));
  expect(change(asked, asked, bytes, item('name'))).toEqual({ ...at, insert: 'name', caret: 19 });
  expect(change(asked, `${asked}me`, bytes, item("['ü']", 6))).toEqual({ start: 15, end: 19, insert: "['ü']", caret: 20 });
  expect(change(asked, '| where "ü" == ', bytes, item('name')).end).toBe(15);
});

test.each([
  ['| where na', 'word'], ["| where ['service.na", 'word'], ['| where http.', 'word'], ['| where n', 'word'], ['|', 'place'], ['| ', 'place'], ['| where ', 'place'],
  ['| summarize count() by ', 'place'], ['| where duration > 10', undefined], ['| where name == "na', 'word'], ['', undefined], ['| take 5 ', undefined], ['| where (', undefined],
])('%j asks for help: %s', (before, wanted) => expect(begun(before)).toBe(wanted));

test('each kind has its sign', () => {
  expect([glyph(item('a')), glyph({ ...item('a'), detail: 'timespan' }), glyph({ ...item('f'), kind: 'function' })]).toEqual(['a', '◷', 'ƒ']);
});
