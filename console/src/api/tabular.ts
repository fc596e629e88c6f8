// A query's answer: Axiom's tabular form, column by column, made into cells that can be sorted and shown.
import { parseDuration } from '../format/duration';
import type { Diagnostic } from '../apl/edit';
import { write } from './json';

export type Kind = 'boolean' | 'number' | 'string' | 'datetime' | 'timespan' | 'dynamic';
export type Column = { name: string; kind: Kind; agg: string | undefined; values: unknown[] };
/** `guessed`: found in the times, not said by the server; the true steps may be smaller. */
export type Bucket = { field: string; ms: number; guessed?: boolean };
export type Table = {
  columns: Column[];
  rows: number;
  groups: string[];
  bucket: Bucket | undefined;
  range: { from: number; to: number } | undefined;
  /** What the rows were read from. */
  datasets: string[];
};
export type Answer = {
  table: Table;
  elapsedMs: number;
  rowsExamined: number | undefined;
  limited: boolean;
  messages: string[];
};

/** The wire's shape, as far as it is used. */
export type Wire = {
  status?: { elapsedTime?: number; rowsExamined?: number; messages?: { code?: string; msg?: string }[] | null };
  tables?: WireTable[];
  datasetNames?: string[] | null;
};
type WireTable = {
  name?: string;
  sources?: { name: string }[] | null;
  fields?: { name: string; type: string; agg?: { name: string } | null }[];
  groups?: { name: string }[] | null;
  range?: { start?: string; end?: string } | null;
  buckets?: { field: string; size: number | bigint } | null;
  columns?: unknown[][] | null;
};
export type WireError = { message?: string; diagnostics?: Diagnostic[] };

export function answer(wire: Wire): Answer {
  const table = wire.tables?.find((candidate) => candidate.name !== '_totals') ?? {};
  const messages = wire.status?.messages ?? [];
  return {
    table: tableOf(table, wire.datasetNames ?? undefined),
    elapsedMs: (wire.status?.elapsedTime ?? 0) / 1000,
    rowsExamined: wire.status?.rowsExamined,
    limited: messages.some((message) => message.code === 'default_limit_warning'),
    messages: messages.filter((message) => message.code !== 'default_limit_warning').map((message) => message.msg ?? '').filter(Boolean),
  };
}

/** The dataset that a row's trace is in; unknown when several were read. */
export function datasetOf(table: Table): string | undefined {
  return table.datasets.length === 1 ? table.datasets[0] : undefined;
}

function tableOf(wire: WireTable, datasetNames: string[] | undefined): Table {
  const names = new Set<string>();
  const columns = (wire.fields ?? []).map((field, index): Column => {
    const kind = kindOf(field.type);
    const cells = wire.columns?.[index] ?? [];
    return { name: unique(field.name, names), kind, agg: field.agg?.name, values: kind === 'timespan' ? cells.map(timespan) : cells };
  });
  const [from, to] = [Date.parse(wire.range?.start ?? ''), Date.parse(wire.range?.end ?? '')];
  const size = Number(wire.buckets?.size ?? 0);
  return {
    columns,
    rows: columns[0]?.values.length ?? 0,
    groups: (wire.groups ?? []).map((group) => group.name),
    bucket: wire.buckets && size > 0 ? { field: wire.buckets.field, ms: size / 1e6 } : undefined,
    range: from < to ? { from, to } : undefined,
    datasets: wire.sources?.map((source) => source.name) ?? datasetNames ?? [],
  };
}

/** A join has the fields of both sides, and two columns may have one name; here each has its own. */
function unique(name: string, taken: Set<string>): string {
  let own = name;
  for (let at = 2; taken.has(own); at++) own = `${name} (${at})`;
  taken.add(own);
  return own;
}

function kindOf(type: string): Kind {
  if (type === 'boolean' || type === 'bool') return 'boolean';
  if (type === 'datetime' || type === 'timespan') return type;
  if (type === 'array' || type === 'map' || type === 'unknown') return 'dynamic';
  return /^(integer|float)(\|(integer|float))?$/.test(type) ? 'number' : 'string';
}

/** Nanoseconds. */
function timespan(cell: unknown): unknown {
  return typeof cell === 'string' ? (parseDuration(cell) ?? cell) : cell;
}

export function column(table: Table, name: string): Column | undefined {
  return table.columns.find((candidate) => candidate.name === name);
}

/** The rows' numbers in the order of one column; nulls last, whichever way it runs. */
export function sortedRows(table: Table, by: string | undefined, descending: boolean): number[] {
  const order = Array.from({ length: table.rows }, (_, row) => row);
  const key = by === undefined ? undefined : column(table, by)?.values;
  if (!key) return order;
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [left, right] = [key[a], key[b]];
    const [none, other] = [left === null || left === undefined, right === null || right === undefined];
    if (none || other) return Number(none) - Number(other) || a - b;
    return sign * compare(left, right) || a - b;
  });
}

function compare(left: unknown, right: unknown): number {
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const [a, b] = [plain(left), plain(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A bigint is an integer that a double would falsify. */
export function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** A cell as plain text: what is copied, searched and written to CSV. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? write(value) : String(value);
}
