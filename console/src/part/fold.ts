// What shows of a long text at first.

const CHARACTERS_MAX = 2000;
const HEAD = 500;

/** The text, or its beginning when it is too long to read; never half of a character. */
export function folded(text: string): string {
  if (text.length <= CHARACTERS_MAX) return text;
  return text.slice(0, HEAD).replace(/[\ud800-\udbff]$/, '');
}
