// What the Services page asks and how it reads the answers: two queries, both of which the user may open.
import { column, type Answer, type Table } from '../api/tabular';
import * as quote from '../apl/quote';
import { width } from '../time/bucket';
import { NO_SERVICE } from '../trace/model';
import type { Resolved } from '../time/range';

export type Service = {
  name: string;
  spans: number;
  traces: number;
  average: number;
  p50: number;
  p95: number;
  p99: number;
  errors: number;
  lastSeen: string;
};
export type Activity = { spans: number[]; errors: number[]; peak: number };
export type Key = keyof Service;

export const SUMMARY = `| summarize spans = count(), traces = dcount(trace_id), average = avg(duration), p50 = percentile(duration, 50), p95 = percentile(duration, 95), p99 = percentile(duration, 99), errors = countif(error), last_seen = max(_time) by ['service.name']
| sort by spans desc`;

/** Sparklines have about this many bars. */
const BARS = 40;

export function activityQuery(range: Resolved): string {
  return `| summarize spans = count(), errors = countif(error) by ['service.name'], bin(_time, ${width(range.to - range.from, BARS).apl})`;
}

export function services(answer: Answer): Service[] {
  const cell = reader(answer.table);
  return Array.from({ length: answer.table.rows }, (_, row) => ({
    name: String(cell('service.name', row) ?? NO_SERVICE),
    spans: number(cell('spans', row)),
    traces: number(cell('traces', row)),
    average: number(cell('average', row)),
    p50: number(cell('p50', row)),
    p95: number(cell('p95', row)),
    p99: number(cell('p99', row)),
    errors: number(cell('errors', row)),
    lastSeen: String(cell('last_seen', row) ?? ''),
  }));
}

/** Bars for each service over the whole range: what has no spans is zero, not left out. */
export function activity(answer: Answer, range: Resolved): Map<string, Activity> {
  const cell = reader(answer.table);
  const bucket = answer.table.bucket?.ms ?? width(range.to - range.from, BARS).ms;
  const first = Math.floor(range.from / bucket) * bucket;
  const bars = Math.max(1, Math.ceil((range.to - first) / bucket));
  const found = new Map<string, Activity>();
  for (let row = 0; row < answer.table.rows; row++) {
    const name = String(cell('service.name', row) ?? NO_SERVICE);
    const at = Math.floor((Date.parse(String(cell('_time', row))) - first) / bucket);
    let one = found.get(name);
    if (!one) found.set(name, (one = { spans: Array<number>(bars).fill(0), errors: Array<number>(bars).fill(0), peak: 0 }));
    if (!(at >= 0 && at < bars)) continue;
    one.spans[at] = number(cell('spans', row));
    one.errors[at] = number(cell('errors', row));
    one.peak = Math.max(one.peak, one.spans[at]!);
  }
  return found;
}

function reader(table: Table): (name: string, row: number) => unknown {
  const columns = new Map(table.columns.map((one) => [one.name, one.values]));
  return (name, row) => (columns.get(name) ?? column(table, name)?.values)?.[row];
}

const number = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);

/** Those whose name has all the words, in the order of a key. */
export function arranged(all: readonly Service[], filter: string, by: Key, descending: boolean): Service[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rate = (one: Service) => one.errors / one.spans;
  const order = (a: Service, b: Service) => {
    if (by === 'errors') return a.errors - b.errors || rate(a) - rate(b);
    const [left, right] = [a[by], b[by]];
    if (typeof left === 'string') return left < String(right) ? -1 : left > String(right) ? 1 : 0;
    return (Number.isNaN(left) ? -1 : left) - (Number.isNaN(right as number) ? -1 : (right as number));
  };
  return all
    .filter((one) => words.every((word) => one.name.toLowerCase().includes(word)))
    .sort((a, b) => (descending ? -1 : 1) * order(a, b) || (a.name < b.name ? -1 : 1));
}

/** The dataset that was chosen, or the usual one; where there is none of that name, the first. */
export function datasetOf(chosen: string | undefined, all: readonly string[]): string {
  return chosen ?? (all.length > 0 && !all.includes(quote.DATASET) ? all[0]! : quote.DATASET);
}

/** The query that a row leads to. */
export function spansOf(service: string, dataset: string, errors = false): string {
  return quote.over(dataset, `| where ${quote.equals('service.name', service === NO_SERVICE ? null : service)}${errors ? ' and error' : ''}\n| sort by _time desc`);
}
