// A tick of the beat, the job that it enqueues and the worker's run are one trace.

import { expect, test } from "@playwright/test";

import { query } from "../store.ts";
import { traceNow } from "../trace.ts";

const PLACES = [
  { beat: "instainstru-beat", worker: "instainstru-worker" },
  { beat: "instainstru-preview-beat", worker: "instainstru-preview-worker" },
  // One process is both here; its trace hangs together all the same.
  { beat: "instainstru-api-local", worker: "instainstru-api-local" },
];

for (const { beat, worker } of PLACES) {
  test(`a tick of ${beat} joins ${worker}`, async () => {
    const whole = async (): Promise<string> => {
      const runs = await query(
        `['traces'] | where ['service.name'] == "${worker}" and kind == "consumer" ` +
          `| project trace_id | order by trace_id asc | limit 500`,
      );
      for (const id of new Set(runs.map((row) => String(row["trace_id"])))) {
        const trace = await traceNow(id);
        const root = trace.spans.find((span) => span.parent_span_id === null);
        if (root?.service !== beat || root.kind === "server") continue;
        const enqueues = trace.all({ service: beat, kind: "producer" });
        const ran = trace.all({ service: worker, kind: "consumer" });
        const joined = ran.filter((run) =>
          enqueues.some((enqueue) => enqueue.span_id === run.parent_span_id && trace.isBelow(enqueue, root)),
        );
        if (joined.length > 0 && trace.orphans().length === 0) return "one trace";
      }
      return `no tick of ${beat} has been joined by ${worker} yet`;
    };
    await expect.poll(whole, { timeout: 80_000, intervals: [1000] }).toBe("one trace");
  });
}
