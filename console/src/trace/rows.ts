// Which rows show: what is collapsed hides what is below it. And how one moves between them.
import type { Tree } from './tree';

/** The rows that show, by their place in the tree. */
export function visible(tree: Tree, collapsed: ReadonlySet<number>): Int32Array {
  const rows = new Int32Array(tree.nodes.length);
  let length = 0;
  for (let row = 0; row < tree.nodes.length;) {
    rows[length++] = row;
    row += collapsed.has(row) ? tree.nodes[row]!.size : 1;
  }
  return rows.subarray(0, length);
}

/** Where `row` stands among the rows that show, or the nearest row above it that hides it. */
export function placeOf(rows: Int32Array, row: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Everything with children, from `depth` on. */
export function allCollapsible(tree: Tree, depth = 0): Set<number> {
  const found = new Set<number>();
  tree.nodes.forEach((node, row) => { if (node.children > 0 && node.depth >= depth) found.add(row); });
  return found;
}

/** `collapsed` without what hides `row`. */
export function revealed(tree: Tree, collapsed: ReadonlySet<number>, row: number): Set<number> {
  const next = new Set(collapsed);
  for (let above = tree.nodes[row]?.parent ?? -1; above >= 0; above = tree.nodes[above]!.parent) next.delete(above);
  return next;
}

/** How much deeper a row begins for each level. */
export const STEP = 14;
const LEVELS_MAX = 18;
/** What a name needs besides the indent: itself, its twist, its service's mark and the gaps between. */
const NAME_ROOM = 120 + 80;

/** The indent of a row in a column of names: it stops growing where it would leave no room for the name. */
export function indent(depth: number, columnWidth: number): number {
  return Math.max(0, Math.min(depth * STEP, LEVELS_MAX * STEP, columnWidth - NAME_ROOM));
}

/** The slice of a list of uniform rows that a viewport shows, with some to spare on both sides. */
export function slice(count: number, rowHeight: number, top: number, height: number, spare: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + spare);
  return { first: Math.min(first, last), last };
}

/** The scroll position that brings row `place` into view, moving no further than needed. */
export function scrollTo(place: number, rowHeight: number, top: number, height: number): number {
  const margin = rowHeight * 2;
  const at = place * rowHeight;
  if (at < top + margin) return Math.max(0, at - margin);
  if (at + rowHeight > top + height - margin) return at + rowHeight - height + margin;
  return top;
}
