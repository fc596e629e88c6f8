import { expect, test } from 'vitest';
import { DIALECTS, languageOf } from './language';

test.each([
  ['SELECT name FROM traces', 'sql'], ['  select\n*', 'sql'], ['-- all\n/* of */ SELECT 1', 'sql'], ['WITH slow AS (SELECT 1) SELECT 2', 'sql'],
  ['| where error', 'apl'], ["['traces']\n| take 5", 'apl'], ['traces | take 5', 'apl'], ['// all\nmy-data\n| count', 'apl'], ['let x = 5; traces | take x', 'apl'], ["['traces']", 'apl'],
  ['select | take 5', 'apl'], ['select', undefined], ['traces', undefined], ['', undefined], ['a || b', undefined], ['search "select x"', undefined],
])('%j is in %s', (text, language) => expect(languageOf(text)).toBe(language));

test.each(Object.values(DIALECTS))("$title's own queries are in it", ({ language, first, examples, placeholder }) => {
  for (const text of [first, placeholder, ...examples.map((example) => example.text)]) expect(languageOf(text)).toBe(language);
});
