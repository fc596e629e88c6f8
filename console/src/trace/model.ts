// A trace as the server sends it. Times are offsets from the trace's start in nanoseconds: a double
// holds them exactly for 104 days, which it would not do for nanoseconds since 1970.

/** In the place of a service's name where spans have none. */
export const NO_SERVICE = '(no service name)';

/** In the place of a span's name where it is empty. */
export const NO_NAME = '(no name)';
export const nameOf = (span: { name: string }) => span.name || NO_NAME;

export type Attributes = Record<string, unknown>;
export type Event = { name: string; offset_ns: number; attributes: Attributes };
export type Link = { trace_id: string; span_id: string; attributes: Attributes };

export type Span = {
  span_id: string;
  parent_span_id: string | null;
  name: string;
  kind: string;
  service: string;
  start_ns: number;
  duration_ns: number;
  error: boolean;
  status_code: string | null;
  status_message: string | null;
  scope: string | null;
  attributes: Attributes;
  resource: Attributes;
  events: Event[];
  links: Link[];
};

export type Trace = {
  trace_id: string;
  start: string;
  start_ns: string;
  duration_ns: number;
  span_count: number;
  service_count: number;
  error_count: number;
  /** Spans whose parent is not among them. */
  missing_parents: number;
  /** There are more spans than the server sends. */
  cut?: boolean;
  spans: Span[];
};
