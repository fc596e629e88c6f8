// The store as any client sees it: APL over HTTP, APL on the command line, a trace by its id.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { stack } from "./stack.ts";

export type Row = Record<string, unknown>;

interface Tabular {
  tables: { fields: { name: string }[]; columns: unknown[][] }[];
}

/** The rows of Axiom's tabular answer, which comes in columns. */
export async function query(apl: string): Promise<Row[]> {
  const answer = await fetch(`${stack.console}/v1/datasets/_apl?format=tabular`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ apl }),
  });
  if (!answer.ok) {
    throw new Error(`${apl} was answered ${answer.status}: ${await answer.text()}`);
  }
  const table = ((await answer.json()) as Tabular).tables[0];
  if (!table) return [];
  const count = table.columns[0]?.length ?? 0;
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(table.fields.map((field, at) => [field.name, table.columns[at]?.[row]])),
  );
}

/** The most rows that the store gives at once. */
export const ROWS_MAX = 50_000;

/** Nanoseconds of a timespan as the store writes it, which is as Go does: `1m2.5s`, `130.944578ms`. */
export function nanos(timespan: unknown): number {
  const units: Record<string, number> = { ns: 1, "µs": 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
  const text = String(timespan);
  const parts = [...text.matchAll(/([\d.]+)(ns|µs|ms|s|m|h)/g)];
  if (parts.map(([part]) => part).join("") !== text || text === "") {
    throw new Error(`${text} is no timespan`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? NaN), 0);
}

/** The same on the command line: `throughline query … --format json`. */
export async function queryByProgram(apl: string): Promise<Row[]> {
  const run = promisify(execFile);
  const options = { maxBuffer: 64 << 20 };
  const flags = ["query", apl, "--url", stack.console, "--format", "ndjson"];
  const { stdout } = await run(stack.throughline, flags, options);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}
