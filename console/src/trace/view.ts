// Where a span is drawn: the window of time in view, and offsets turned into parts of its width.
import { duration } from '../format/duration';
import { niceTicks } from '../time/bucket';

export type Window = { start: number; end: number };

/** Left edge and width in per cent. Clipped to just outside the window, so that a long bar zoomed into stays a bar. */
export function place(window: Window, start: number, end: number): { left: number; width: number } {
  const extent = window.end - window.start;
  const clamp = (value: number) => Math.min(101, Math.max(-1, value));
  const left = clamp(((start - window.start) / extent) * 100);
  const right = clamp(((end - window.start) / extent) * 100);
  return { left, width: Math.max(0, right - left) };
}

export function inView(window: Window, start: number, end: number): boolean {
  return end >= window.start && start <= window.end;
}

/** The ruler's marks: round offsets, all in one unit. */
export function ruler(window: Window, wanted: number): { at: number; left: number; label: string }[] {
  // Nothing is shorter than a nanosecond: a trace without a length has its 0 and no parts of it.
  return niceTicks(window.start, window.end, wanted).filter(Number.isInteger).map((at) => ({
    at, left: place(window, at, at).left, label: at === 0 ? '0' : shortDuration(at),
  }));
}

/** `2.50 ms` is `2.5 ms` on a ruler. */
function shortDuration(ns: number): string {
  return duration(ns).replace(/(\.\d*?)0+(?=\D)/, '$1').replace(/\.(?=\D)/, '');
}

/** Zooms by `factor` about `centre`, never out of `all` and never closer than ten nanoseconds. */
export function zoomed(window: Window, all: Window, factor: number, centre: number): Window {
  const extent = Math.min(all.end - all.start, Math.max(10, (window.end - window.start) * factor));
  const share = (centre - window.start) / (window.end - window.start);
  return moved({ start: centre - extent * share, end: centre + extent * (1 - share) }, all, 0);
}

export function moved(window: Window, all: Window, by: number): Window {
  const extent = window.end - window.start;
  const start = Math.min(Math.max(all.start, window.start + by), all.end - extent);
  return { start, end: start + extent };
}

/** A window that shows a span with some room on both sides. */
export function fitted(all: Window, start: number, end: number): Window {
  const room = Math.max((end - start) * 0.08, 5);
  return { start: Math.max(all.start, start - room), end: Math.min(all.end, Math.max(end + room, start + 10)) };
}

/** The widest label: four digits, a unit and the gaps around them. */
const LABEL_PX = 66;

/** Where a bar's label stands: after it, or before it when there is no room, or in it when it fills the window. */
export function labelSide(bar: { left: number; width: number }, timeWidth: number): 'after' | 'before' | 'inside' {
  const need = Math.min(50, (LABEL_PX / Math.max(1, timeWidth)) * 100);
  if (bar.left + bar.width <= 100 - need) return 'after';
  return bar.left >= need ? 'before' : 'inside';
}
