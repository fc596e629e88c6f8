// Names and values written as APL, so that whatever a span holds can go into a query.
import { write } from '../api/json';
import { isNumber } from '../api/tabular';

/** What a query that starts with a pipe runs over. */
export const DATASET = 'traces';

/** `query`, which starts with a pipe, over a dataset. */
export const over = (dataset: string, query: string) => (dataset === DATASET ? query : `${name(dataset)}\n${query}`);

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RESERVED = new Set(['and', 'or', 'not', 'by', 'in', 'has', 'contains', 'startswith', 'endswith', 'between', 'true', 'false', 'let', 'asc', 'desc', 'count', 'null']);

/** `duration`, but `['service.name']`. */
export function name(field: string): string {
  if (PLAIN_NAME.test(field) && !RESERVED.has(field)) return field;
  return `['${field.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function text(value: string): string {
  return `"${value.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character]!)}"`;
}

export type Kind = 'string' | 'datetime' | 'timespan' | 'other';

/** `field == value` for the kinds of value a cell or an attribute has. */
export function equals(field: string, value: unknown, kind: Kind = 'other'): string {
  const left = name(field);
  if (value === null || value === undefined) return `isnull(${left})`;
  if (kind === 'datetime') return `${left} == datetime(${String(value)})`;
  if (kind === 'timespan') return `${left} == ${String(value)}ns`;
  if (isNumber(value) || typeof value === 'boolean') return `${left} == ${value}`;
  return `${left} == ${text(typeof value === 'string' ? value : write(value))}`;
}

/** The field that a span's attribute is queried by. The prefix tells it from a column of the same name. */
export const attributeField = (key: string) => `attributes.${key}`;

/** Likewise of a resource; `service.*` and `telemetry.*` are columns of their own. */
export const resourceField = (key: string) => (/^(service|telemetry)\./.test(key) ? key : `resource.${key}`);
