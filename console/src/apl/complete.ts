// What could be written at the cursor, as the server says it, and the text that a choice makes.
import { fromByte } from './edit';

export type Kind = 'dataset' | 'table' | 'field' | 'value' | 'function' | 'aggregation' | 'operator' | 'keyword' | 'type';

export type Completion = {
  label: string;
  kind: Kind;
  insert: string;
  /** Byte offset into `insert`. */
  caret: number;
  detail: string;
  doc: string;
};

export type Completions = {
  /** Byte offsets into the UTF-8 text. */
  start: number;
  end: number;
  items: Completion[];
  found: number;
};

const BYTES = new TextEncoder();

/** The byte offset of a UTF-16 offset. */
export const toByte = (source: string, index: number): number => BYTES.encode(source.slice(0, index)).length;

/** A choice: what stands at `start` to `end` becomes `insert`, and the cursor goes to `caret`. */
export type Change = { start: number; end: number; insert: string; caret: number };

/** The change that `item` makes of `now`, offered for `asked`: between the two the word at hand may have grown or shrunk. */
export function change(asked: string, now: string, completions: Completions, item: Completion): Change {
  const start = fromByte(asked, completions.start);
  const end = Math.max(fromByte(asked, completions.end) + now.length - asked.length, start);
  return { start, end, insert: item.insert, caret: start + fromByte(item.insert, item.caret) };
}

const IN_WORD = /(?:[\p{L}_][\p{L}\p{N}_.]*|\[\s*['"][^'"\n|]*)$/u;
const BEFORE_NAME = /(?:\|\s*|\b(?:where|filter|by|on|and|or|summarize|extend|project|project-away|project-keep|distinct|sort by|join|union)\s+)$/;

/** How much the text before the cursor asks for help: a word is being written, or something has to come; else not. */
export function begun(before: string): 'word' | 'place' | undefined {
  if (IN_WORD.test(before)) return 'word';
  return BEFORE_NAME.test(before) ? 'place' : undefined;
}

const GLYPHS: Record<Kind, string> = { dataset: '▤', table: '▤', field: 'a', value: '=', function: 'ƒ', aggregation: 'Σ', operator: '|', keyword: '·', type: 'T' };
const OF_FIELDS: Record<string, string> = { integer: '#', float: '#', boolean: '◐', datetime: '◷', timespan: '◷', map: '{}', array: '[]', unknown: '?' };

/** What stands for the kind of a completion. */
export const glyph = (item: Completion): string => (item.kind === 'field' && OF_FIELDS[item.detail]) || GLYPHS[item.kind];
