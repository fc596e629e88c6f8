// Which columns of a result show, in which order, how wide, and what their cells say.
import { isNumber, plain, type Column, type Table } from '../api/tabular';
import { columnFormat } from '../format/duration';
import { exact } from '../format/number';
import { timestamp, type Zone } from '../format/timestamp';

/** What comes first when whole spans are shown. */
const FIRST = ['_time', 'service.name', 'name', 'duration', 'error', 'kind', 'trace_id', 'span_id', 'parent_span_id', 'status.code', 'status.message'];
const WHOLE_SPAN_COLUMNS = 16;
const WIDTH_MAX = 52;
const SAMPLE = 300;

/** Columns with a value somewhere; of whole spans, the telling ones first. */
export function shown(table: Table): { columns: Column[]; empty: number } {
  const columns = table.columns.filter((column) => column.values.some((value) => !isEmpty(value)));
  const empty = table.columns.length - columns.length;
  if (table.columns.length < WHOLE_SPAN_COLUMNS) return { columns: table.columns, empty: 0 };
  const rank = (column: Column) => (FIRST.includes(column.name) ? FIRST.indexOf(column.name) : FIRST.length);
  return { columns: columns.toSorted((a, b) => rank(a) - rank(b)), empty };
}

/** Nothing to see: null, or a list or map without entries. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
}

export const isNumeric = (column: Column) => column.kind === 'number' || column.kind === 'timespan';

/** How the cells of a column read. */
export function cellFormat(column: Column, zone: Zone): (value: unknown) => string {
  if (column.kind === 'timespan') {
    const say = columnFormat(column.values.filter((value): value is number => typeof value === 'number'));
    return (value) => (typeof value === 'number' ? say(value) : plain(value));
  }
  if (column.kind === 'datetime') return (value) => timestamp(plain(value), zone);
  // Ports and process ids are names that happen to be numbers.
  if (/(^|[._])(port|pid)$/.test(column.name)) return plain;
  if (column.kind === 'number') return numberFormat(column);
  return plain;
}

/** Fractions of a column have as many digits as the eye can use, all the same number. */
function numberFormat(column: Column): (value: unknown) => string {
  const fractional = column.values.some((value) => typeof value === 'number' && !Number.isInteger(value));
  return (value) => {
    if (!isNumber(value)) return plain(value);
    return exact(fractional && typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  };
}

/** In digits, which CSS measures in whatever font there is (`ch`), from the longest of the first cells. */
export function columnWidth(column: Column, say: (value: unknown) => string): number {
  let longest = 0;
  for (const value of column.values.slice(0, SAMPLE)) longest = Math.max(longest, say(value).length);
  const swatch = column.name === 'service.name' ? 3 : 0;
  return Math.min(WIDTH_MAX, Math.max(longest + swatch, column.name.length + 2, 5));
}
