// The time chart of a result: one series for each group, from a table that was summarized by time.
import { isNumber, plain, type Column, type Table } from '../api/tabular';

export type Series = {
  name: string;
  points: (number | null)[];
  total: number;
  /** The small ones folded into one. */
  rest?: boolean;
};
export type Chart = {
  /** What is drawn: one column, or several that share an axis. */
  name: string;
  kind: Column['kind'];
  /** The names of all that may be drawn. */
  choices: string[];
  /** Counts and sums stack; averages and percentiles do not. */
  stacked: boolean;
  /** The field that names the series, when it is one alone. */
  group: string | undefined;
  times: number[];
  bucketMs: number;
  /** Whether the width of a bucket is known, or only guessed from the times. */
  guessed: boolean;
  series: Series[];
  /** Series that are folded into "other" (stacked) or left out. */
  folded: number;
  /** What the chart shows when no group is named. */
  peak: number;
};

const SERIES_MAX = 11;
const BUCKETS_MAX = 4000;
const ADDITIVE = /^(count|countif|sum|sumif)$/;

/**
 * The numbers of a table, in the sets that one axis fits: durations, and counts. Groups have the colours to themselves, and
 * there each column is a chart of its own.
 */
function sets(table: Table, grouped: boolean): Column[][] {
  const found = new Map<string, Column[]>();
  for (const column of table.columns) {
    if (table.groups.includes(column.name) || (column.kind !== 'number' && column.kind !== 'timespan')) continue;
    const axis = grouped ? column.name : column.kind === 'timespan' ? ' durations' : isCount(column) ? ' counts' : column.name;
    found.set(axis, [...(found.get(axis) ?? []), column]);
  }
  return [...found.values()];
}

/** A count may have lost that mark on its way through other operators. */
const aggregation = (column: Column) => column.agg ?? (/^count_?\d*$/.test(column.name) ? 'count' : '');
const isCount = (column: Column) => /^count(if)?$/.test(aggregation(column));
const nameOf = (set: readonly Column[]) => set.map((column) => column.name).join(', ');

/** `wanted`: the name of one of the chart's choices; the first when there is none of that name. */
export function chart(table: Table, wanted = ''): Chart | undefined {
  const bucket = table.bucket;
  const time = table.columns.find((column) => column.name === bucket?.field && column.kind === 'datetime');
  const groups = table.columns.filter((column) => column !== time && table.groups.includes(column.name));
  const choices = sets(table, groups.length > 0);
  const values = choices.find((set) => nameOf(set) === wanted) ?? choices[0];
  if (!bucket || !time || !values || table.rows === 0) return undefined;
  const stamps = time.values.map((cell) => Math.floor(Date.parse(String(cell)) / bucket.ms) * bucket.ms);
  const [first, last] = bounds(stamps, table.range && { from: Math.floor(table.range.from / bucket.ms) * bucket.ms, to: table.range.to - 1 });
  const length = Math.floor((last - first) / bucket.ms) + 1;
  if (!(length >= 1 && length <= BUCKETS_MAX)) return undefined;

  const additive = values.every((value) => ADDITIVE.test(aggregation(value)));
  // Of two columns a sum would mean nothing.
  const stacked = additive && values.length === 1;
  const found = new Map<string, Series>();
  for (const value of values) stamps.forEach((stamp, row) => {
    const name = groups.length === 0 ? value.name : groups.map((group) => plain(group.values[row]) || '(none)').join(' · ');
    let series = found.get(name);
    if (!series) found.set(name, (series = { name, points: Array<number | null>(length).fill(additive ? 0 : null), total: 0 }));
    const sent = value.values[row];
    if (!isNumber(sent)) return;
    const cell = Number(sent);
    const at = (stamp - first) / bucket.ms;
    if (at >= 0 && at < length) series.points[at] = (stacked ? (series.points[at] ?? 0) : 0) + cell;
    series.total += cell;
  });
  const ranked = [...found.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  const series = folded(ranked, stacked);
  return {
    name: nameOf(values), kind: values[0]!.kind, choices: choices.map(nameOf), stacked, series, group: groups.length === 1 ? groups[0]!.name : undefined, bucketMs: bucket.ms, guessed: bucket.guessed ?? false, folded: Math.max(0, ranked.length - SERIES_MAX),
    times: Array.from({ length }, (_, at) => first + at * bucket.ms), peak: peakOf(series, length, stacked),
  };
}

function bounds(stamps: readonly number[], range: { from: number; to: number } | undefined): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const stamp of stamps) {
    first = Math.min(first, stamp);
    last = Math.max(last, stamp);
  }
  // A range far wider than the data (all of time) would squeeze the data into a line.
  if (range && range.to - range.from < (last - first + 1) * 50 + 86_400_000) return [Math.min(range.from, first), Math.max(range.to, last)];
  return [first, last];
}

function folded(ranked: readonly Series[], stacked: boolean): Series[] {
  if (ranked.length <= SERIES_MAX) return [...ranked];
  const kept = ranked.slice(0, SERIES_MAX);
  if (!stacked) return kept;
  // A group may itself be called "other".
  const name = kept.some((series) => series.name === 'other') ? 'all others' : 'other';
  const other: Series = { name, rest: true, points: Array<number | null>(kept[0]!.points.length).fill(0), total: 0 };
  for (const series of ranked.slice(SERIES_MAX)) {
    series.points.forEach((point, at) => { other.points[at] = other.points[at]! + (point ?? 0); });
    other.total += series.total;
  }
  return [...kept, other];
}

/** A bucket of this chart; a pointer's place may be left from a longer one. */
export function within(chart: Chart, at: number | undefined): number | undefined {
  return at !== undefined && at >= 0 && at < chart.times.length ? at : undefined;
}

function peakOf(series: readonly Series[], length: number, stacked: boolean): number {
  let peak = 0;
  for (let at = 0; at < length; at++) {
    let sum = 0;
    for (const one of series) {
      const point = one.points[at] ?? 0;
      sum = stacked ? sum + point : Math.max(sum, point);
    }
    peak = Math.max(peak, sum);
  }
  return peak;
}
