// Changes to a query's text: a filter added, a suggestion taken, an example completed.
import { pipes } from './tokens';

export type Diagnostic = {
  message: string;
  line: number;
  column: number;
  /** Byte offsets into the UTF-8 text. */
  start: number;
  end: number;
  suggestion: string | null;
};

/** The UTF-16 offset of a byte offset, since the server counts bytes and the browser code units. */
export function fromByte(source: string, byte: number): number {
  let bytes = 0;
  let index = 0;
  while (index < source.length && bytes < byte) {
    const code = source.codePointAt(index)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    index += code > 0xffff ? 2 : 1;
  }
  return index;
}

/** The characters a diagnostic is about; at least one, so that there is something to underline. */
export function extent(source: string, diagnostic: Diagnostic): { start: number; end: number } {
  const start = Math.min(fromByte(source, diagnostic.start), source.length);
  const end = Math.max(fromByte(source, diagnostic.end), start + 1);
  return { start, end };
}

/** The text with the suggestion in the place of what was wrong. */
export function fixed(source: string, diagnostic: Diagnostic): string {
  const start = fromByte(source, diagnostic.start);
  const end = fromByte(source, Math.max(diagnostic.start, diagnostic.end));
  return source.slice(0, start) + (diagnostic.suggestion ?? '') + source.slice(end);
}

const TAIL = /^\|\s*(sort|order|top|take|limit)\b/;

/** The query with one more `where`, before the ordering and limits at its end. */
export function withClause(source: string, clause: string): string {
  const trimmed = source.trimEnd();
  const starts = pipes(trimmed);
  let at = trimmed.length;
  for (const start of starts.toReversed()) {
    if (!TAIL.test(trimmed.slice(start))) break;
    at = start;
  }
  const head = trimmed.slice(0, at).trimEnd();
  const tail = trimmed.slice(at);
  return [head, `| where ${clause}`, tail].filter((part) => part !== '').join('\n');
}
