// A trace context as a caller from outside gives it. Its span never arrives at the store: these
// tests send no spans of their own.

import { randomBytes } from "node:crypto";

/** Span ids that these tests give begin so; a parent with such an id is not missing but outside. */
export const OUTSIDE = "e2e";

export interface Context {
  traceId: string;
  spanId: string;
  /** The header's value. */
  traceparent: string;
}

/** A sampled context that nobody else has. */
export function newContext(): Context {
  const traceId = randomBytes(16).toString("hex");
  const spanId = OUTSIDE + randomBytes(8).toString("hex").slice(OUTSIDE.length);
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
}
