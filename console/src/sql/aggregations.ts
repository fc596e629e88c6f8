// Which columns of a result in SQL are counts and sums. The answer does not say it; the text does, of those it names plainly.
import { tokens } from './tokens';

/** Columns and their aggregation: `count(*) AS n` is a count, `sum(a) / count(*) AS mean` and `count(DISTINCT a) AS n` are neither. */
export function aggregations(sql: string): Map<string, string> {
  const words = tokens(sql).filter((token) => token.kind !== 'comment').map((token) => sql.slice(token.start, token.end)).filter((word) => word.trim() !== '');
  const is = (at: number, ...any: string[]) => any.includes(words[at]?.toLowerCase() ?? '');
  const found = new Map<string, string>();
  words.forEach((word, at) => {
    if (!is(at, 'count', 'sum') || !is(at + 1, '(') || is(at + 2, 'distinct') || !is(at - 1, 'select', ',')) return;
    let end = closed(words, at + 1);
    if (is(end, 'filter')) end = closed(words, end + 1);
    if (is(end, 'as')) end++;
    const name = words[end] ?? '';
    // What is not quoted is in lower case in the answer.
    if (/^["\p{L}_]/u.test(name) && !is(end, 'from')) found.set(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(), word.toLowerCase());
  });
  return found;
}

/** Behind the parenthesis that closes the one here. */
function closed(words: readonly string[], at: number): number {
  let depth = 0;
  for (; at < words.length; at++) {
    if (words[at] === '(') depth++;
    else if (words[at] === ')' && --depth === 0) return at + 1;
  }
  return at;
}

/** Of a column without a name of its own, which is called as it is computed: `count(*)`, `sum(traces.a)`. */
export function aggregationIn(name: string): string | undefined {
  return /^(count|sum)\((?!distinct\b)[^()]*(?:\([^()]*\)[^()]*)*\)(?: filter \(.*\))?$/i.exec(name)?.[1]?.toLowerCase();
}
