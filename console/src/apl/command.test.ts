import { expect, test } from 'vitest';
import { folded } from '../part/fold';
import { command } from './command';
import { over } from './quote';

const now = Date.UTC(2026, 10, 23, 5);

test('a command asks what the page shows', () => {
  expect(command('apl', "| where name == 'a'", { from: 'now-1h', to: 'now' }, 'http://127.0.0.1:4321', now))
    .toBe("throughline query '| where name == '\\''a'\\''' --start now-1h --end now");
  expect(command('apl', '| take 5', { from: '2026-11-22T10:00:00Z', to: 'now-1d+2h' }, 'https://tl.example:8443', now))
    .toBe("throughline query '| take 5' --start 2026-11-22T10:00:00.000Z --end 2026-11-22T07:00:00.000Z --url https://tl.example:8443");
  expect(command('sql', 'SELECT 1', { from: 'now-1h', to: 'now' }, 'http://127.0.0.1:4321', now))
    .toBe("throughline query --sql 'SELECT 1' --start now-1h --end now");
});

test('a query names its dataset, unless it is the usual one', () => {
  expect([over('traces', '| take 5'), over('other', '| take 5'), over('my data', '| take 5')]).toEqual(['| take 5', 'other\n| take 5', "['my data']\n| take 5"]);
});

test('long texts fold', () => {
  expect(folded('a'.repeat(2000))).toHaveLength(2000);
  expect(folded('a'.repeat(2001))).toHaveLength(500);
  expect(folded('a'.repeat(499) + '😀'.repeat(900))).toHaveLength(499);
});
