// Durations as people read them: three significant digits and a unit, from nanoseconds up.

/** Between a number and its unit: narrow, and never broken over a line. */
export const GAP = '\u202f';

type Unit = { name: string; ns: number };
const UNITS: readonly Unit[] = [
  { name: 'ns', ns: 1 },
  { name: 'µs', ns: 1e3 },
  { name: 'ms', ns: 1e6 },
  { name: 's', ns: 1e9 },
];
const MINUTE = 60e9;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4.47 ms`, `369 µs`, `2 m 03 s`, `1 h 04 m`. */
export function duration(ns: number): string {
  if (!Number.isFinite(ns)) return '–';
  if (ns < 0) return `−${duration(-ns)}`;
  if (ns === 0) return `0${GAP}ns`;
  for (const unit of UNITS) {
    const text = significant(ns / unit.ns, unit.name === 'ns' ? 0 : undefined);
    const limit = unit.name === 's' ? 60 : 1000;
    if (Number(text) < limit) return `${text}${GAP}${unit.name}`;
  }
  if (Math.round(ns / 1e9) < 3600) return pair(ns, MINUTE, 'm', 1e9, 's');
  if (Math.round(ns / MINUTE) < 24 * 60) return pair(ns, HOUR, 'h', MINUTE, 'm');
  return pair(ns, DAY, 'd', HOUR, 'h');
}

function pair(ns: number, large: number, largeName: string, small: number, smallName: string): string {
  const smalls = Math.round(ns / small);
  const per = large / small;
  const rest = String(smalls % per).padStart(2, '0');
  return `${Math.floor(smalls / per)}${GAP}${largeName} ${rest}${GAP}${smallName}`;
}

/** Three significant digits, without an exponent. */
function significant(value: number, decimals?: number): string {
  if (decimals !== undefined) return value.toFixed(decimals);
  const integerDigits = Math.max(1, Math.floor(Math.log10(value)) + 1);
  const text = value.toFixed(Math.max(0, 3 - integerDigits));
  // 9.999 rounds to 10.00: one digit too many.
  return text.replace('.', '').length > 3 && text.includes('.') ? value.toFixed(Math.max(0, 2 - integerDigits)) : text;
}

/**
 * How to write a column of durations: in one unit, so that the eye compares lengths of numbers, unless
 * the values are so far apart that small ones would vanish; then each in its own.
 */
export function columnFormat(values: readonly number[]): (ns: number) => string {
  const positive = values.filter((value) => value > 0).sort((a, b) => a - b);
  const smallest = positive[0];
  const middle = positive[Math.floor(positive.length / 2)];
  const largest = positive.at(-1);
  if (smallest === undefined || middle === undefined || largest === undefined) return duration;
  const unit = UNITS.findLast((candidate) => middle >= candidate.ns) ?? UNITS[0]!;
  const fits = smallest >= unit.ns / 10 && largest < unit.ns * (unit.name === 's' ? 60 : 10_000);
  if (!fits) return duration;
  return (ns) => {
    if (ns === 0) return `0${GAP}${unit.name}`;
    const value = ns / unit.ns;
    const decimals = unit.name === 'ns' ? 0 : value < 100 ? 2 : value < 1000 ? 1 : 0;
    return `${value.toFixed(decimals)}${GAP}${unit.name}`;
  };
}

const PART = /(\d+(?:\.\d+)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;
const PART_NS: Record<string, number> = {
  ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: MINUTE, h: HOUR,
};

/** Reads a Go duration such as `1m0.5s`, the form of a timespan on the wire. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const negative = text.startsWith('-');
  const body = negative ? text.slice(1) : text;
  if (body === '0') return 0;
  if (body === '') return undefined;
  PART.lastIndex = 0;
  let total = 0;
  let end = 0;
  for (let match = PART.exec(body); match; match = PART.exec(body)) {
    total += Number(match[1]) * PART_NS[match[2]!]!;
    end = PART.lastIndex;
  }
  if (end !== body.length) return undefined;
  const rounded = Math.round(total);
  return negative ? -rounded : rounded;
}
