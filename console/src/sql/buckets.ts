// Which result in SQL is one over time. APL's answer says it by itself; SQL's has only its fields and rows.
import { write } from '../api/json';
import type { Column, Table } from '../api/tabular';
import { aggregationIn, aggregations } from './aggregations';

/** Times as they happen fall on no such step; those that were rounded do. */
const STEP_MS_MIN = 1000;

/** The table with its counts and sums, its time field and its groups named, when its rows are a series: rounded times, and each once in each group. */
export function withBuckets(table: Table, sql: string): Table {
  if (table.bucket || table.rows < 2) return table;
  for (const time of table.columns.filter((column) => column.kind === 'datetime')) {
    const ms = step(time);
    const groups = ms === undefined ? undefined : groupsOf(table, time);
    if (ms !== undefined && groups) return { ...table, columns: named(table.columns, sql), groups, bucket: { field: time.name, ms, guessed: true } };
  }
  return table;
}

function named(columns: readonly Column[], sql: string): Column[] {
  const found = aggregations(sql);
  return columns.map((column) => ({ ...column, agg: found.get(column.name) ?? aggregationIn(column.name) }));
}

/** The largest step that all times are whole multiples of; none of times that are all the same. */
function step(time: Column): number | undefined {
  let [common, first, differ] = [0, NaN, false];
  for (const cell of time.values) {
    // Finer than milliseconds is not rounded to a second.
    if (!/T\d\d:\d\d:\d\d(?:\.0+)?Z$/.test(String(cell))) return undefined;
    const ms = Date.parse(String(cell));
    common = divisor(common, Math.abs(ms));
    if (Number.isNaN(first)) first = ms;
    differ ||= ms !== first;
  }
  return differ && common >= STEP_MS_MIN ? common : undefined;
}

function divisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/**
 * What tells the rows of one time apart: texts and truths, and as many of the numbers, from the left, as it takes. None
 * when nothing does, or no number is left to draw.
 */
function groupsOf(table: Table, time: Column): string[] | undefined {
  const numbers = table.columns.filter((column) => column.kind === 'number' || column.kind === 'timespan');
  const groups = [time, ...table.columns.filter((column) => column.kind === 'string' || column.kind === 'boolean')];
  for (const number of numbers) {
    if (areKeys(table, groups)) return groups.map((group) => group.name);
    groups.push(number);
  }
  return undefined;
}

function areKeys(table: Table, columns: readonly Column[]): boolean {
  const seen = new Set<string>();
  for (let row = 0; row < table.rows; row++) seen.add(write(columns.map((column) => column.values[row])));
  return seen.size === table.rows;
}
