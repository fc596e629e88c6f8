// A result as a file. Timespans are nanoseconds there: a number that every other program reads.
import { write } from './json';
import { plain, type Table } from './tabular';

export function toJson(table: Table, rows: readonly number[]): string {
  const objects = rows.map((row) => Object.fromEntries(table.columns.map((column) => [column.name, column.values[row] ?? null])));
  return `${write(objects, 2)}\n`;
}

/** RFC 4180. */
export function toCsv(table: Table, rows: readonly number[]): string {
  const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`;
  const head = line(table.columns.map((column) => column.name));
  return head + rows.map((row) => line(table.columns.map((column) => plain(column.values[row])))).join('');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function download(name: string, mime: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
