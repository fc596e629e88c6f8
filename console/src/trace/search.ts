// Finding spans in a trace: words anywhere in a span, all of them, whatever their case.
import type { Span } from './model';
import { plain } from '../api/tabular';
import type { Tree } from './tree';

/** The rows that match, in order. `service:api` and `key=value` look at that place alone. */
export function search(tree: Tree, text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: number[] = [];
  tree.nodes.forEach((node, row) => {
    if (node.span && words.every((word) => matches(node.span!, word))) found.push(row);
  });
  return found;
}

function matches(span: Span, word: string): boolean {
  const pair = /^([^=]+)=(.+)$/.exec(word);
  if (pair) {
    return [span.attributes, span.resource].some((attributes) =>
      Object.entries(attributes).some(([key, value]) => key.toLowerCase() === pair[1] && plain(value).toLowerCase().includes(pair[2]!)));
  }
  if (word === 'error') return span.error || span.name.toLowerCase().includes(word);
  const within = (value: unknown) => plain(value).toLowerCase().includes(word);
  return within(span.name) || within(span.service) || within(span.kind) || span.span_id.startsWith(word)
    || within(span.status_message)
    || Object.entries(span.attributes).some(([key, value]) => within(key) || within(value))
    || span.events.some((event) => within(event.name) || Object.values(event.attributes).some(within));
}

/** The next of `rows` after `current` (before it when `back`), round the end. */
export function nextOf(rows: readonly number[], current: number, back: boolean): number | undefined {
  if (rows.length === 0) return undefined;
  return back
    ? (rows.findLast((row) => row < current) ?? rows.at(-1))
    : (rows.find((row) => row > current) ?? rows[0]);
}
