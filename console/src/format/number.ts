// Counts, rates and percentages.
import { GAP } from './duration';

const STEPS = [
  { at: 1e12, name: 'T' },
  { at: 1e9, name: 'G' },
  { at: 1e6, name: 'M' },
  { at: 1e3, name: 'k' },
] as const;

/** `999`, `1.2 k`, `3.4 M`: for a glance. The exact figure belongs into the tooltip. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value < 0) return `−${count(-value)}`;
  for (const step of STEPS) {
    // 999,950 would round to "1000.0 k": it is a million by then.
    if (value >= step.at * 0.99995) {
      const scaled = value / step.at;
      return `${scaled >= 99.95 ? scaled.toFixed(0) : scaled.toFixed(1)}${GAP}${step.name}`;
    }
  }
  return Number.isInteger(value) ? String(value) : value.toPrecision(3).replace(/\.?0+$/, '');
}

/** `12,345` with a narrow gap for the comma; all digits. */
export function exact(value: number | bigint): string {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, GAP) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Part of a whole. Never rounds to 0 % or to 100 % what is neither. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const value = (part / whole) * 100;
  const say = (text: string) => `${text}${GAP}%`;
  if (value === 0 || value === 100) return say(String(value));
  if (value < 0.01) return say('<0.01');
  if (value > 99) {
    const digits = Math.min(6, Math.max(1, Math.ceil(-Math.log10(100 - value))));
    const text = value.toFixed(digits);
    return say(Number(text) === 100 ? '>99.999' : text);
  }
  return say(value < 1 ? value.toFixed(2) : value.toFixed(1));
}

/** Per minute, with its unit. */
export function perMinute(events: number, ms: number): string {
  if (ms <= 0) return '–';
  const rate = (events / ms) * 60_000;
  if (rate === 0) return '0';
  if (rate < 0.01) return '<0.01';
  return rate < 10 ? rate.toFixed(2).replace(/\.?0+$/, '') : count(Math.round(rate));
}

/** `1 span`, `2 spans`. */
export function plural(value: number, noun: string): string {
  return `${exact(value)} ${noun}${value === 1 ? '' : 's'}`;
}
