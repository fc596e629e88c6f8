// JSON with integers as long as they come: what a double does not hold is a bigint, in answers as in exports.

/** A noncharacter of Unicode, which no text has; behind it, as a string, the digits are safe from JSON itself. */
const MARK = '\uFDD0';
const MARKED = new RegExp(`^${MARK}-?\\d+$`);
/** Whether there may be such an integer: most bodies have none, and are not looked at again. */
const LONG = /[[:,\s]-?\d{16,}[\]},\s]/;
/** Texts, so that they are passed over; and long integers, which are neither part of a fraction nor of an exponent. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Throws what `JSON.parse` throws. */
export function read(text: string): unknown {
  if (!LONG.test(text)) return JSON.parse(text);
  const marked = text.replace(TOKEN, (token) => (token[0] === '"' || Number.isSafeInteger(Number(token)) ? token : `"${MARK}${token}"`));
  return JSON.parse(marked, (_, value) => (typeof value === 'string' && MARKED.test(value) ? BigInt(value.slice(MARK.length)) : value));
}

export function write(value: unknown, indent = 0): string {
  const marked = JSON.stringify(value, (_, cell) => (typeof cell === 'bigint' ? MARK + String(cell) : cell), indent);
  return marked.replace(new RegExp(`"${MARK}(-?\\d+)"`, 'g'), '$1');
}
