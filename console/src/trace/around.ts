// The time around a trace, for queries that start from it.
import { absolute, type Range } from '../time/range';
import type { Trace } from './model';

const MARGIN_MS = 15 * 60_000;

export function around(trace: Trace): Range {
  const start = Date.parse(trace.start);
  return absolute(start - MARGIN_MS, start + trace.duration_ns / 1e6 + MARGIN_MS);
}
