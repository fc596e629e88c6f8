// An MCP tool call and the API requests that it makes are one trace, joined to the caller's.

import { expect, test } from "@playwright/test";

import { newContext } from "../context.ts";
import { connect } from "../copilot.ts";
import { urlOf } from "../stack.ts";
import { traceWith, type Look } from "../trace.ts";

const TOOL = "find_bookings";

for (const environment of ["instainstru", "instainstru-preview"]) {
  const call: Look = { service: `${environment}-mcp`, name: `tools/call ${TOOL}`, kind: "server" };
  const outbound: Look = { service: `${environment}-mcp`, kind: "client" };
  const request: Look = { service: `${environment}-api`, kind: "server" };

  test(`a tool call of ${environment}-mcp joins the API in the caller's trace`, async () => {
    const given = newContext();
    const copilot = await connect(urlOf(`${environment}-mcp`));
    const answer = await copilot.callTool({
      name: TOOL,
      arguments: {},
      _meta: { traceparent: given.traceparent },
    });
    await copilot.close();
    expect(answer.isError ?? false).toBe(false);

    const trace = await traceWith(given.traceId, [call, outbound, request], given.spanId);
    const tool = trace.one(call);
    expect(tool.parent_span_id).toBe(given.spanId);
    for (const asked of trace.all(outbound)) expect(trace.isBelow(asked, tool)).toBe(true);
    for (const served of trace.all(request)) {
      const parent = trace.spans.find((span) => span.span_id === served.parent_span_id);
      expect(parent?.service, trace.drawn()).toBe(`${environment}-mcp`);
      expect(parent?.kind).toBe("client");
    }
  });
}

test("who has no token gets no tools, but both headers", async () => {
  const answer = await fetch(`${urlOf("instainstru-mcp")}/mcp`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.headers.get("x-request-id")).toBeTruthy();
});
