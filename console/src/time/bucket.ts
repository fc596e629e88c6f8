// Widths of time buckets and steps of time axes: durations that people count in.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const WIDTHS: readonly { ms: number; apl: string }[] = [
  { ms: SECOND, apl: '1s' }, { ms: 5 * SECOND, apl: '5s' }, { ms: 10 * SECOND, apl: '10s' }, { ms: 30 * SECOND, apl: '30s' },
  { ms: MINUTE, apl: '1m' }, { ms: 2 * MINUTE, apl: '2m' }, { ms: 5 * MINUTE, apl: '5m' }, { ms: 10 * MINUTE, apl: '10m' },
  { ms: 30 * MINUTE, apl: '30m' }, { ms: HOUR, apl: '1h' }, { ms: 3 * HOUR, apl: '3h' }, { ms: 6 * HOUR, apl: '6h' },
  { ms: 12 * HOUR, apl: '12h' }, { ms: DAY, apl: '1d' }, { ms: 7 * DAY, apl: '7d' },
];

/** The narrowest width that needs at most `buckets` of them. */
export function width(rangeMs: number, buckets: number): { ms: number; apl: string } {
  return WIDTHS.find((candidate) => rangeMs / candidate.ms <= buckets) ?? WIDTHS.at(-1)!;
}

/** Ticks of a time axis: multiples of a round step, about `wanted` of them. */
export function timeTicks(from: number, to: number, wanted: number): { at: number[]; step: number } {
  const step = width(to - from, wanted).ms;
  const at: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick < to && at.length < 64; tick += step) at.push(tick);
  return { at, step };
}

/** Ticks from zero in steps of 1, 2 or 5 times a power of ten: for values and for offsets in a trace. */
export function niceTicks(from: number, to: number, wanted: number): number[] {
  const extent = to - from;
  if (!(extent > 0)) return [from];
  const rough = extent / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  for (let index = first; index * step <= to + step * 1e-9 && ticks.length < 64; index++) ticks.push(index * step + 0);
  return ticks;
}
