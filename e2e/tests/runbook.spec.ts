// The team's runbook, word for word: every query runs over HTTP and on the command line, and finds
// what it should.

import { expect, test } from "@playwright/test";

import { newContext, type Context } from "../context.ts";
import { urlOf } from "../stack.ts";
import { nanos, query, queryByProgram, ROWS_MAX, type Row } from "../store.ts";
import { Student } from "../student.ts";
import { traceWith, type Look, type Trace } from "../trace.ts";

const API = "instainstru-api";
const WORKER = "instainstru-worker";
const WAYS = { "over HTTP": query, "on the command line": queryByProgram };

const WHOLE: Look[] = [
  { service: API, kind: "server" },
  { service: API, kind: "producer" },
  { service: WORKER, kind: "consumer", name: "run/send_confirmation" },
  { service: WORKER, kind: "consumer", name: "run/pay_instructor" },
];

/** A booking of which every span has arrived. */
async function booking(): Promise<{ given: Context; trace: Trace }> {
  const given = newContext();
  const student = await Student.signUp(urlOf(API));
  await student.book(given);
  return { given, trace: await traceWith(given.traceId, WHOLE, given.spanId) };
}

/** A request that takes longer than the runbook's 100 ms, since its body does. */
async function slowRequest(): Promise<Context> {
  const given = newContext();
  const student = await Student.signUp(urlOf(API));
  expect((await student.bookSlowly(150, given)).status).toBe(201);
  await traceWith(given.traceId, WHOLE, given.spanId);
  return given;
}

for (const [way, ask] of Object.entries(WAYS)) {
  test(`the runbook's queries run ${way}, word for word`, async () => {
    await booking();
    const given = await slowRequest();
    const before = await ask(`| project span_id, duration, status = ['http.status_code'] | limit ${ROWS_MAX}`);

    const counts = await ask("| summarize count() by ['service.name']");
    expect(counts.map((row) => row["service.name"])).toContain(API);
    expect(await ask("| limit 20")).toHaveLength(20);

    const sorted = (await ask("| sort by duration desc")).map(({ duration }) => nanos(duration));
    expect(sorted.length).toBeGreaterThan(20);
    expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
    expect(sorted[0]).toBeGreaterThanOrEqual(Math.max(...before.map(({ duration }) => nanos(duration))));

    const slow = await ask("| where duration > 100ms");
    expect(slow.map((row) => row["trace_id"])).toContain(given.traceId);
    expect(slow.filter(({ duration }) => nanos(duration) <= 100e6)).toEqual([]);
    expect(ids(slow)).toEqual(
      expect.arrayContaining(ids(before.filter(({ duration }) => nanos(duration) > 100e6))),
    );

    const failed = await ask("| where ['http.status_code'] >= 500");
    const status = "attributes.http.response.status_code";
    expect(failed.filter((row) => !(Number(row[status]) >= 500))).toEqual([]);
    expect(ids(failed)).toEqual(
      expect.arrayContaining(ids(before.filter((row) => Number(row["status"]) >= 500))),
    );
  });

  test(`the runbook's queries return a booking's trace ${way}`, async () => {
    const { given, trace } = await booking();
    const inTrace = `| where trace_id == "${given.traceId}"`;
    expect(ids(await ask(inTrace))).toEqual(trace.spans.map((span) => span.span_id).sort());

    const ascending = trace.spans.map((span) => span.duration_ns).sort((a, b) => a - b);
    const limit = ascending[Math.floor((ascending.length - 1) / 2)] ?? 0;
    const slower = trace.spans.filter((span) => span.duration_ns > limit);
    expect(slower, trace.drawn()).not.toHaveLength(0);
    const slow = await ask(`${inTrace} | where duration > ${limit}ns`);
    expect(ids(slow)).toEqual(slower.map((span) => span.span_id).sort());

    const byId = new Map(trace.spans.map((span) => [span.span_id, span.duration_ns]));
    const slowest = await ask(`${inTrace} | sort by duration desc | limit 20`);
    const durations = [...byId.values()].sort((a, b) => b - a).slice(0, 20);
    expect(slowest.map((row) => byId.get(String(row["span_id"])))).toEqual(durations);

    const counts = await ask(`${inTrace} | summarize count() by ['service.name']`);
    const counted = new Map(counts.map((row) => [row["service.name"], Number(row["count_"])]));
    for (const service of [API, WORKER]) {
      expect(counted.get(service)).toBe(trace.all({ service }).length);
    }
  });

  test(`a request that failed is found ${way}, by the old and the new name of its status`, async () => {
    const given = newContext();
    const student = await Student.signUp(urlOf(API));
    expect((await student.get("/no-such-place", given)).status).toBe(404);
    await traceWith(given.traceId, [{ kind: "server" }], given.spanId);

    for (const field of ["http.status_code", "attributes.http.response.status_code"]) {
      const inTrace = `| where trace_id == "${given.traceId}"`;
      expect(await ask(`${inTrace} | where ['${field}'] >= 400`), field).toHaveLength(1);
      expect(await ask(`${inTrace} | where ['${field}'] >= 500`), field).toHaveLength(0);
    }
  });
}

function ids(rows: Row[]): string[] {
  return rows.map((row) => String(row["span_id"])).sort();
}
