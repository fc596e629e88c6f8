// The first promise of all: a booking is one trace, from the request to the worker's last query, and
// the console draws it.

import { expect, test } from "@playwright/test";

import { newContext } from "../context.ts";
import { urlOf } from "../stack.ts";
import { Student } from "../student.ts";
import { traceWith, type Look } from "../trace.ts";

const API = "instainstru-api";
const WORKER = "instainstru-worker";

const REQUEST: Look = { service: API, kind: "server", name: "POST /bookings" };
const PAYMENT: Look = { service: API, kind: "client", name: "POST /v1/charges" };
const SQL: Look = { kind: "client", has: "db.system.name" };
const ENQUEUE: Look = { service: API, kind: "producer", name: "apply_async/send_confirmation" };
const RUN: Look = { service: WORKER, kind: "consumer", name: "run/send_confirmation" };

const WHOLE = [REQUEST, PAYMENT, { ...SQL, service: API }, ENQUEUE, RUN, { ...SQL, service: WORKER }];

test("a booking is one trace, from the API to the worker", async () => {
  const given = newContext();
  const student = await Student.signUp(urlOf(API));
  const answer = await student.book(given);

  expect(answer.status).toBe(201);
  expect(answer.headers.get("x-trace-id")).toBe(given.traceId);

  const trace = await traceWith(given.traceId, WHOLE, given.spanId);
  const request = trace.one(REQUEST);
  expect(request.parent_span_id).toBe(given.spanId);
  expect(request.attributes["http.route"]).toBe("/bookings");
  expect(request.attributes["http.response.status_code"]).toBe(201);

  const payment = trace.one(PAYMENT);
  expect(trace.isBelow(payment, request)).toBe(true);

  const queries = trace.all({ ...SQL, service: API });
  for (const sql of queries) expect(trace.isBelow(sql, request), trace.drawn()).toBe(true);

  const enqueue = trace.one(ENQUEUE);
  expect(trace.isBelow(enqueue, request)).toBe(true);
  const run = trace.one(RUN);
  expect(run.parent_span_id).toBe(enqueue.span_id);

  const jobs = trace.all({ ...SQL, service: WORKER });
  expect(jobs.filter((sql) => trace.isBelow(sql, run)), trace.drawn()).not.toHaveLength(0);
  // The booking's other job has queries of its own.
  const consumers = trace.all({ service: WORKER, kind: "consumer" });
  for (const sql of jobs) {
    expect(consumers.some((consumer) => trace.isBelow(sql, consumer)), trace.drawn()).toBe(true);
  }
});

test("the console shows a booking's trace, every span below its parent", async ({ page }) => {
  const given = newContext();
  const student = await Student.signUp(urlOf(API));
  await student.book(given);
  const trace = await traceWith(given.traceId, WHOLE, given.spanId);

  // Rows out of view do not exist: this window is high enough for all of them.
  await page.setViewportSize({ width: 1280, height: 3000 });
  await page.goto(`/trace/${given.traceId}`);
  const waterfall = page.getByRole("treegrid", { name: "Spans" });
  const rowOf = (id: string) => waterfall.locator(`[data-span-id="${id}"]`);
  const levelOf = async (id: string) => Number(await rowOf(id).getAttribute("aria-level"));
  for (const span of trace.spans) {
    await expect(rowOf(span.span_id)).toContainText(span.name);
    await expect(rowOf(span.span_id)).toContainText(span.service);
    const parent = trace.spans.find((other) => other.span_id === span.parent_span_id);
    if (parent) expect(await levelOf(span.span_id)).toBe((await levelOf(parent.span_id)) + 1);
  }
});
