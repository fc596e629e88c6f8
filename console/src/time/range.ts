// The time range, half-open [from, to), in the grammar that people know from Grafana: `now-15m`, `now/d`,
// ISO 8601, epoch numbers, and a few words. A range stays text; it becomes numbers when a query runs.
import { minuteOf, type Zone } from '../format/timestamp';

export type Range = { from: string; to: string };
export type Resolved = { from: number; to: number };

export const DEFAULT: Range = { from: 'now-1h', to: 'now' };

/** What the picker offers, shortest first. */
export const PRESETS: readonly { from: string; label: string }[] = [
  { from: 'now-5m', label: 'Last 5 minutes' },
  { from: 'now-15m', label: 'Last 15 minutes' },
  { from: 'now-1h', label: 'Last hour' },
  { from: 'now-3h', label: 'Last 3 hours' },
  { from: 'now-12h', label: 'Last 12 hours' },
  { from: 'now-24h', label: 'Last 24 hours' },
  { from: 'now-7d', label: 'Last 7 days' },
  { from: 'now-30d', label: 'Last 30 days' },
];

const UNIT_MS: Record<string, number> = {
  s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000,
};
const RELATIVE = /^now((?:[+-]\d+[smhdwMy])*)(?:\/([smhdwMy]))?$/;
const STEP = /([+-])(\d+)([smhdwMy])/g;

/** One end of a range in epoch milliseconds. An end that is rounded goes to the end of its unit. */
export function moment(text: string, nowMs: number, end: boolean): number | undefined {
  const trimmed = text.trim();
  const relative = RELATIVE.exec(trimmed);
  if (relative) {
    const date = new Date(nowMs);
    for (const [, sign, amount, unit] of (relative[1] ?? '').matchAll(STEP)) {
      add(date, Number(amount) * (sign === '-' ? -1 : 1), unit!);
    }
    if (relative[2]) round(date, relative[2], end);
    return date.getTime();
  }
  if (/^\d{10}(\d{3}){0,3}$/.test(trimmed)) {
    return Math.floor(Number(trimmed) / 10 ** (trimmed.length - 13));
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) {
    const [year, month, day] = trimmed.split('-').map(Number) as [number, number, number];
    return new Date(year, month - 1, day + (end ? 1 : 0)).getTime();
  }
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(trimmed)) return undefined;
  const ms = Date.parse(trimmed.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
}

function add(date: Date, amount: number, unit: string): void {
  if (unit === 'M') date.setMonth(date.getMonth() + amount);
  else if (unit === 'y') date.setFullYear(date.getFullYear() + amount);
  else date.setTime(date.getTime() + amount * UNIT_MS[unit]!);
}

function round(date: Date, unit: string, end: boolean): void {
  if (unit === 's') date.setMilliseconds(0);
  else if (unit === 'm') date.setSeconds(0, 0);
  else if (unit === 'h') date.setMinutes(0, 0, 0);
  else date.setHours(0, 0, 0, 0);
  if (unit === 'w') date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  if (unit === 'M' || unit === 'y') date.setDate(1);
  if (unit === 'y') date.setMonth(0);
  if (!end) return;
  if (unit === 'd' || unit === 'w') date.setDate(date.getDate() + (unit === 'w' ? 7 : 1));
  else add(date, 1, unit);
}

/** Both ends, or undefined when one cannot be read or they are the wrong way round. */
export function resolve(range: Range, nowMs: number): Resolved | undefined {
  const from = moment(range.from, nowMs, false);
  const to = moment(range.to, nowMs, true);
  return from === undefined || to === undefined || from >= to ? undefined : { from, to };
}

/** What is wrong with a range, for people; undefined when nothing is. */
export function problem(range: Range, nowMs: number): string | undefined {
  const [from, to] = [moment(range.from, nowMs, false), moment(range.to, nowMs, true)];
  const unread = from === undefined ? range.from : to === undefined ? range.to : undefined;
  if (unread !== undefined) return `“${unread}” is no time. Try now-3h, or 2026-11-23 10:00.`;
  return from! < to! ? undefined : `The range ends before it begins: from ${range.from} to ${range.to}.`;
}

/**
 * An end as the query API takes it. Plain `now-1h` goes as it is, so that one clock, the server's,
 * decides; what the server's grammar lacks is resolved here.
 */
export function wire(text: string, nowMs: number, end: boolean): string {
  if (/^now(-\d+[smhd])?$/.test(text)) return text;
  const ms = moment(text, nowMs, end);
  return ms === undefined ? text : new Date(ms).toISOString();
}

const UNIT_WORDS: readonly [RegExp, string][] = [
  [/^(s|secs?|seconds?)$/i, 's'], [/^(m|mins?|minutes?)$/, 'm'], [/^(h|hrs?|hours?)$/i, 'h'], [/^(d|days?)$/i, 'd'],
  [/^(w|weeks?)$/i, 'w'], [/^(M|months?)$/, 'M'], [/^(y|years?)$/i, 'y'],
];
const unitOf = (word: string) => UNIT_WORDS.find(([pattern]) => pattern.test(word) || (word.length > 1 && pattern.test(word.toLowerCase())))?.[1];

/** `2h`, `2 hours`, `hour` as a distance: `2h`. */
function distance(text: string): string | undefined {
  const found = /^(?:(\d+)\s*)?([a-z]+)$/i.exec(text);
  const unit = found && unitOf(found[2]!);
  return unit && (found[1] !== undefined || found[2]!.length > 1) ? `${found[1] ?? 1}${unit}` : undefined;
}

/** One end in words as one in the grammar: `2 hours ago`, `yesterday`, `10:30` of today. */
function end(text: string, nowMs: number): string {
  const words = text.trim();
  if (/^(now|today|yesterday)$/i.test(words)) return { now: 'now', today: 'now/d', yesterday: 'now-1d/d' }[words.toLowerCase()]!;
  const ago = /^(.+?)\s+ago$/i.exec(words);
  const back = ago && distance(ago[1]!);
  if (back) return `now-${back}`;
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(words);
  if (!clock) return words;
  const date = new Date(nowMs);
  date.setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
  return date.toISOString();
}

/** What the user typed into one box: `2h`, `last 2 hours`, `yesterday`, `A to B`, or a timestamp (five minutes around it). */
export function fromWords(text: string, nowMs: number): Range | undefined {
  const words = text.trim();
  const length = distance(words.replace(/^(?:the\s+)?(?:last|past)\s+/i, ''));
  if (length) return { from: `now-${length}`, to: 'now' };
  if (/^today$/i.test(words)) return { from: 'now/d', to: 'now' };
  if (/^yesterday$/i.test(words)) return { from: 'now-1d/d', to: 'now-1d/d' };
  const ends = words.replace(/^(?:from|between)\s+/i, '').split(/\s+(?:to|until|till|and|–|-)\s+|\s*\.\.\s*/i);
  if (ends.length === 2) {
    const range = { from: end(ends[0]!, nowMs), to: end(ends[1]!, nowMs) };
    return resolve(range, nowMs) ? range : undefined;
  }
  if (RELATIVE.test(words)) return resolve({ from: words, to: 'now' }, nowMs) && { from: words, to: 'now' };
  const at = moment(words, nowMs, false);
  if (at === undefined) return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(words)) return { from: words, to: words };
  return absolute(at - 300_000, at + 300_000);
}

export function absolute(from: number, to: number): Range {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The same range with its ends nailed down: what a shared link shows for ever. */
export function pinned(range: Range, nowMs: number): Range {
  const ends = resolve(range, nowMs);
  return ends ? absolute(ends.from, ends.to) : range;
}

/** Earlier (-1) or later (+1) by half its length. */
export function shifted(range: Range, direction: -1 | 1, nowMs: number): Range {
  const ends = resolve(range, nowMs);
  if (!ends) return range;
  const half = ((ends.to - ends.from) / 2) * direction;
  return absolute(ends.from + half, ends.to + half);
}

export function isRelative(range: Range): boolean {
  return range.from.startsWith('now') || range.to.startsWith('now');
}

export function label(range: Range, zone: Zone): string {
  const preset = range.to === 'now' && PRESETS.find((candidate) => candidate.from === range.from);
  if (preset) return preset.label;
  if (range.from === 'now/d' && range.to === 'now') return 'Today';
  if (range.from === 'now-1d/d' && range.to === 'now-1d/d') return 'Yesterday';
  const recent = range.to === 'now' && /^now-(\d+[smhdwMy])$/.exec(range.from);
  if (recent) return `Last ${recent[1]}`;
  const say = (text: string) => {
    const ms = text.startsWith('now') ? undefined : moment(text, 0, false);
    return ms === undefined ? text : minuteOf(ms, zone);
  };
  const [from, to] = [say(range.from), say(range.to)];
  const sameDay = from.slice(0, 11) === to.slice(0, 11) && /^\d{4}-/.test(from);
  return `${from} – ${sameDay ? to.slice(11) : to}`;
}
