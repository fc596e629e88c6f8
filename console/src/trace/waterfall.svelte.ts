// The state of one waterfall: what is collapsed, selected, found and in view; and what the keys do to it.
import type { Trace } from './model';
import { allCollapsible, placeOf, revealed, visible } from './rows';
import { nextOf, search } from './search';
import { build, type Tree } from './tree';
import { fitted, moved, zoomed, type Window } from './view';

export class Waterfall {
  readonly trace: Trace;
  readonly tree: Tree;
  readonly dataset: string;
  readonly errors: number[];
  readonly all: Window;

  collapsed = $state.raw<ReadonlySet<number>>(new Set());
  /** The row with the focus. */
  current = $state(0);
  window = $state.raw<Window>({ start: 0, end: 1 });
  words = $state('');
  rows = $derived.by(() => visible(this.tree, this.collapsed));
  matches = $derived.by(() => search(this.tree, this.words));
  matched = $derived(new Set(this.matches));

  constructor(trace: Trace, dataset: string) {
    this.trace = trace;
    this.tree = build(trace.spans);
    this.dataset = dataset;
    this.errors = this.tree.nodes.flatMap((node, row) => (node.span?.error ? [row] : []));
    this.all = { start: this.tree.start, end: this.tree.end };
    this.window = this.all;
  }

  get node() {
    return this.tree.nodes[this.current];
  }

  /** Moves to a row, opening whatever hides it. */
  goTo(row: number | undefined): void {
    if (row === undefined || !this.tree.nodes[row]) return;
    this.collapsed = revealed(this.tree, this.collapsed, row);
    this.current = row;
  }

  step(by: number): void {
    const place = placeOf(this.rows, this.current) + by;
    this.current = this.rows[Math.min(this.rows.length - 1, Math.max(0, place))] ?? 0;
  }

  toggle(row: number): void {
    const next = new Set(this.collapsed);
    if (!next.delete(row)) next.add(row);
    this.collapsed = next;
    this.current = this.rows[placeOf(this.rows, this.current)] ?? 0;
  }

  /** Collapses; what has nothing to collapse goes to its parent. */
  inward(): void {
    const node = this.node;
    if (!node) return;
    if (node.children > 0 && !this.collapsed.has(this.current)) this.toggle(this.current);
    else if (node.parent >= 0) this.current = node.parent;
  }

  outward(): void {
    const node = this.node;
    if (!node || node.children === 0) return;
    if (this.collapsed.has(this.current)) this.toggle(this.current);
    else this.step(1);
  }

  collapseAll(): void {
    this.collapsed = allCollapsible(this.tree);
    this.current = this.rows[placeOf(this.rows, this.current)] ?? 0;
  }

  expandAll(): void {
    this.collapsed = new Set();
  }

  fit(): void {
    const node = this.node;
    if (node) this.window = fitted(this.all, node.start, node.end);
  }

  zoom(factor: number, centre = (this.window.start + this.window.end) / 2): void {
    this.window = zoomed(this.window, this.all, factor, centre);
  }

  pan(share: number): void {
    this.window = moved(this.window, this.all, (this.window.end - this.window.start) * share);
  }

  showAll(): void {
    this.window = this.all;
  }

  nextMatch(back: boolean): void {
    this.goTo(nextOf(this.matches, this.current, back));
  }

  nextError(back: boolean): void {
    this.goTo(nextOf(this.errors, this.current, back));
  }

  get zoomedIn(): boolean {
    return this.window.start > this.all.start || this.window.end < this.all.end;
  }

  /** What a key does, or undefined when it does nothing here. */
  action(key: string): (() => void) | undefined {
    return {
      j: () => this.step(1), ArrowDown: () => this.step(1), k: () => this.step(-1), ArrowUp: () => this.step(-1),
      PageDown: () => this.step(20), PageUp: () => this.step(-20), Home: () => this.step(-1e9), End: () => this.step(1e9),
      h: () => this.inward(), ArrowLeft: () => this.inward(), l: () => this.outward(), ArrowRight: () => this.outward(),
      '[': () => this.collapseAll(), ']': () => this.expandAll(), n: () => this.nextMatch(false), N: () => this.nextMatch(true),
      e: () => this.nextError(false), E: () => this.nextError(true), f: () => this.fit(), '0': () => this.showAll(),
      '+': () => this.zoom(0.6), '=': () => this.zoom(0.6), '-': () => this.zoom(1 / 0.6), a: () => this.pan(-0.2), d: () => this.pan(0.2),
    }[key];
  }
}
