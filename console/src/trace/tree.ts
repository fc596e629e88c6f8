// Spans into a tree, flattened in the order of the waterfall. Iterative throughout: a trace may be ten
// thousand spans deep. A parent that never arrived becomes a marked row of its own, so that nothing is
// hung where it does not belong.
import type { Span } from './model';

/** A row of the waterfall: a span, or the place of one that is missing. */
export type Node = {
  id: string;
  span: Span | undefined;
  /** Why there is no span: its parent id is known but it was not received, or spans name each other as parents. */
  absence: 'missing' | 'cycle' | undefined;
  depth: number;
  /** Itself and all below it. */
  size: number;
  parent: number;
  children: number;
  start: number;
  end: number;
  /** It begins before its parent does: most likely two clocks that disagree. */
  skewed: boolean;
  /** Errors at or below it. */
  errors: number;
};

export type Tree = { nodes: Node[]; byId: Map<string, number>; start: number; end: number; skewed: number; cycles: number };

type Draft = { span: Span | undefined; absence: Node['absence']; id: string; children: number[]; start: number; end: number };

export function build(spans: readonly Span[]): Tree {
  const drafts: Draft[] = spans.map((span) => ({
    span, absence: undefined, id: span.span_id, children: [], start: span.start_ns, end: span.start_ns + Math.max(0, span.duration_ns),
  }));
  const index = new Map<string, number>();
  drafts.forEach((draft, at) => { if (!index.has(draft.id)) index.set(draft.id, at); });
  const roots = adopt(drafts, index);
  roots.push(...cutCycles(drafts, roots));
  const byStart = (a: number, b: number) => drafts[a]!.start - drafts[b]!.start || drafts[b]!.end - drafts[a]!.end || a - b;
  roots.sort(byStart);
  for (const draft of drafts) draft.children.sort(byStart);
  return flatten(drafts, roots);
}

/** Hangs every span under its parent, making up the parents that are missing. Returns the roots. */
function adopt(drafts: Draft[], index: Map<string, number>): number[] {
  const roots: number[] = [];
  const received = drafts.length;
  for (let at = 0; at < received; at++) {
    const draft = drafts[at]!;
    const parentId = draft.span!.parent_span_id;
    if (!parentId) { roots.push(at); continue; }
    let parent = index.get(parentId);
    if (parent === undefined) {
      parent = drafts.length;
      drafts.push({ span: undefined, absence: 'missing', id: parentId, children: [], start: draft.start, end: draft.end });
      index.set(parentId, parent);
      roots.push(parent);
    }
    const home = drafts[parent]!;
    home.children.push(at);
    if (home.absence) {
      home.start = Math.min(home.start, draft.start);
      home.end = Math.max(home.end, draft.end);
    }
  }
  return roots;
}

/** Spans that no root leads to name each other as parents. Each such ring is cut at its earliest span. */
function cutCycles(drafts: Draft[], roots: readonly number[]): number[] {
  const reached = new Uint8Array(drafts.length);
  const reach = (root: number) => {
    const stack = [root];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (reached[at]) continue;
      reached[at] = 1;
      for (const child of drafts[at]!.children) stack.push(child);
    }
  };
  roots.forEach(reach);
  const cut: number[] = [];
  for (let at = 0; at < reached.length; at++) {
    if (reached[at]) continue;
    const draft = drafts[at]!;
    for (const other of drafts) {
      if (other.id === draft.span!.parent_span_id) other.children = other.children.filter((child) => child !== at);
    }
    cut.push(drafts.length);
    drafts.push({ span: undefined, absence: 'cycle', id: `cycle:${draft.id}`, children: [at], start: draft.start, end: draft.end });
    reach(at);
  }
  return cut;
}

function flatten(drafts: readonly Draft[], roots: readonly number[]): Tree {
  const nodes: Node[] = [];
  const byId = new Map<string, number>();
  let [start, end, skewed] = [0, 0, 0];
  const stack = roots.toReversed().map((at) => ({ at, parent: -1, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const draft = drafts[next.at]!;
    const row = nodes.length;
    const above = nodes[next.parent];
    const early = above !== undefined && above.absence === undefined && draft.start < above.start;
    if (early) skewed++;
    nodes.push({
      id: draft.id, span: draft.span, absence: draft.absence, depth: next.depth, size: 1, parent: next.parent,
      children: draft.children.length, start: draft.start, end: draft.end, skewed: early, errors: draft.span?.error ? 1 : 0,
    });
    if (!byId.has(draft.id)) byId.set(draft.id, row);
    start = Math.min(start, draft.start);
    end = Math.max(end, draft.end);
    for (const child of draft.children.toReversed()) stack.push({ at: child, parent: row, depth: next.depth + 1 });
  }
  for (let row = nodes.length - 1; row > 0; row--) {
    const above = nodes[nodes[row]!.parent];
    if (!above) continue;
    above.size += nodes[row]!.size;
    above.errors += nodes[row]!.errors;
  }
  const cycles = nodes.filter((node) => node.absence === 'cycle').length;
  return { nodes, byId, start, end: Math.max(end, start + 1), skewed, cycles };
}

/** The time in which a span ran and none of its children did. */
export function selfTime(tree: Tree, row: number): number {
  const node = tree.nodes[row]!;
  let [covered, reached] = [0, node.start];
  for (let child = row + 1; child < row + node.size; child += tree.nodes[child]!.size) {
    const { start, end } = tree.nodes[child]!;
    const from = Math.max(start, reached);
    const to = Math.min(end, node.end);
    if (to > from) { covered += to - from; reached = to; }
  }
  return node.end - node.start - covered;
}
