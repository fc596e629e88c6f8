// A query as a command for the terminal, which answers what the page shows.
import type { Language } from '../shell/url';
import { wire, type Range } from '../time/range';

/** Where the command line looks when it is told nothing else. */
const SERVER = 'http://127.0.0.1:4321';

const shell = (text: string) => (/^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export function command(language: Language, query: string, range: Range, origin: string, nowMs: number): string {
  const ends = `--start ${shell(wire(range.from, nowMs, false))} --end ${shell(wire(range.to, nowMs, true))}`;
  const server = origin === SERVER ? '' : ` --url ${shell(origin)}`;
  return `throughline query ${language === 'sql' ? '--sql ' : ''}'${query.replaceAll("'", "'\\''")}' ${ends}${server}`;
}
