// Points in time. The wire has RFC 3339 with nine digits; a JavaScript date has three, so the text is
// kept and only taken apart for show.
import { duration } from './duration';

export type Zone = 'local' | 'utc';

const WIRE = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or undefined when the text is no timestamp. */
export function epochMs(text: string): number | undefined {
  if (!WIRE.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function parts(ms: number, zone: Zone) {
  const date = new Date(ms);
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const utc = zone === 'utc';
  const day = `${utc ? date.getUTCFullYear() : date.getFullYear()}-${pad((utc ? date.getUTCMonth() : date.getMonth()) + 1)}-${pad(utc ? date.getUTCDate() : date.getDate())}`;
  const minute = `${pad(utc ? date.getUTCHours() : date.getHours())}:${pad(utc ? date.getUTCMinutes() : date.getMinutes())}`;
  const second = pad(utc ? date.getUTCSeconds() : date.getSeconds());
  const milli = pad(utc ? date.getUTCMilliseconds() : date.getMilliseconds(), 3);
  return { day, minute, second, milli };
}

/** `2026-11-23 05:12:44.123`, in the zone. */
export function timestamp(text: string, zone: Zone): string {
  const ms = epochMs(text);
  if (ms === undefined) return text;
  const at = parts(ms, zone);
  return `${at.day} ${at.minute}:${at.second}.${at.milli}`;
}

/** All nine digits, in the zone. */
export function precise(text: string, zone: Zone): string {
  const digits = (WIRE.exec(text)?.[3] ?? '').padEnd(9, '0');
  const ms = epochMs(text);
  if (ms === undefined) return text;
  const at = parts(ms, zone);
  return `${at.day} ${at.minute}:${at.second}.${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

/** `05:12` or `05:12:44` or `11-23 05:12`: as much as the step of an axis needs. */
export function axisTime(ms: number, stepMs: number, zone: Zone): string {
  const at = parts(ms, zone);
  if (stepMs >= 86_400_000) return at.day.slice(5);
  if (at.minute === '00:00') return at.day.slice(5);
  return stepMs < 60_000 ? `${at.minute}:${at.second}` : at.minute;
}

/** `2026-11-23 05:12` for a label. */
export function minuteOf(ms: number, zone: Zone): string {
  const at = parts(ms, zone);
  return at.second === '00' ? `${at.day} ${at.minute}` : `${at.day} ${at.minute}:${at.second}`;
}

/** `12 s ago`; "just now" within a second and a half, and for clocks that are a little ahead. */
export function ago(ms: number, nowMs: number): string {
  const elapsed = nowMs - ms;
  if (elapsed < 1500) return 'just now';
  const seconds = Math.round(elapsed / 1000);
  if (seconds < 60) return `${duration(seconds * 1e9).replace(/\.\d+/, '')} ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u202fm ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}\u202fh ago` : `${Math.round(hours / 24)}\u202fd ago`;
}
