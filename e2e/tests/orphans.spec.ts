// No span is left without its parent: whatever was started before this test's beginning hangs
// together as soon as the last exporter has sent it. It runs after all others, on everything that
// they left behind.

import { expect, test } from "@playwright/test";

import { OUTSIDE } from "../context.ts";
import { query, ROWS_MAX, type Row } from "../store.ts";

test("every parent arrives", async () => {
  const begun = new Date().toISOString();
  const orphans = async (): Promise<string[]> => {
    const spans = await query(
      `['traces'] | project _time, span_id, parent_span_id, name, ['service.name'] | limit ${ROWS_MAX}`,
    );
    expect(spans.length, "spans: more than one answer has, so some would go unseen").toBeLessThan(ROWS_MAX);
    const ids = new Set(spans.map((span) => span["span_id"]));
    return spans.filter((span) => isOrphan(span, ids, begun)).map((span) => JSON.stringify(span));
  };
  await expect.poll(orphans, { intervals: [1000], timeout: 60_000, message: "orphans" }).toEqual([]);
});

/** A span that was started before `begun`, and whose parent is not there and not ours. */
function isOrphan(span: Row, ids: Set<unknown>, begun: string): boolean {
  const parent = span["parent_span_id"];
  if (typeof parent !== "string" || parent.startsWith(OUTSIDE)) return false;
  return !ids.has(parent) && String(span["_time"]) < begun;
}
