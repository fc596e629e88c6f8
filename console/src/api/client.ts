// The server's public HTTP API, all of it that the console uses.
import type { Completions } from '../apl/complete';
import type { Diagnostic } from '../apl/edit';
import { DEFAULT, wire as wireTime, type Range } from '../time/range';
import { NO_SERVICE, type Span, type Trace } from '../trace/model';
import { DATASET } from '../apl/quote';
import { withBuckets } from '../sql/buckets';
import { read } from './json';
import { answer, type Answer, type Wire, type WireError } from './tabular';
import { token } from './token.svelte';

export type Meta = {
  version: string;
  first_span_at: string | null;
  otlp_http: string;
  otlp_grpc: string;
  datasets: string[];
};

/** A refusal, or no answer at all (`status` 0). */
export class Refusal extends Error {
  readonly status: number;
  readonly diagnostics: Diagnostic[];

  constructor(status: number, message: string, diagnostics: Diagnostic[] = []) {
    super(message);
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { 'content-type': 'application/json', ...token.headers() } });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Refusal(0, 'The server does not answer. Is throughline still running?');
  }
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) {
    const error = (body ?? {}) as WireError;
    if (response.status === 401) token.wanted = true;
    throw new Refusal(response.status, error.message ?? `The server answered ${response.status}.`, error.diagnostics ?? []);
  }
  if (body === undefined) throw new Refusal(response.status, 'The server sent an answer that is not JSON.');
  return body as T;
}

function parse(text: string): unknown {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

export async function query(apl: string, range: Range, signal: AbortSignal, defaultLimit?: number): Promise<Answer> {
  return answer(await ask<Wire>('/v1/datasets/_apl?format=tabular', { apl }, range, signal, defaultLimit));
}

export async function querySql(sql: string, range: Range, signal: AbortSignal): Promise<Answer> {
  const found = answer(await ask<Wire>('/api/v1/sql', { sql }, range, signal));
  return { ...found, table: withBuckets(found.table, sql) };
}

/** What a query would do, in lines for people; it is not run. */
export async function explain(text: Text, range: Range, signal: AbortSignal): Promise<string> {
  return (await ask<{ plan: string }>('/api/v1/explain', text, range, signal)).plan;
}

type Text = { apl: string } | { sql: string };

function ask<T>(path: string, text: Text, range: Range, signal: AbortSignal, defaultLimit?: number): Promise<T> {
  const now = Date.now();
  const body = JSON.stringify({
    ...text,
    startTime: wireTime(range.from, now, false),
    endTime: wireTime(range.to, now, true),
    ...(defaultLimit === undefined ? {} : { defaultLimit }),
  });
  return request<T>(path, { method: 'POST', body, signal });
}

export async function trace(id: string, dataset: string, signal: AbortSignal): Promise<Trace> {
  type Sent = Trace & { spans: (Span & { service: string | null })[] };
  const sent = await request<Sent>(`/api/v1/traces/${encodeURIComponent(id)}${dataset === DATASET ? '' : `?dataset=${encodeURIComponent(dataset)}`}`, { signal });
  for (const span of sent.spans) {
    span.service ??= NO_SERVICE;
    // Past 104 days they are inexact, and still a place to draw at.
    [span.start_ns, span.duration_ns] = [Number(span.start_ns), Number(span.duration_ns)];
    for (const event of span.events) event.offset_ns = Number(event.offset_ns);
  }
  sent.duration_ns = Number(sent.duration_ns);
  return sent;
}

/** What could be written at a byte offset of a text. */
export function complete(apl: string, offset: number, signal: AbortSignal): Promise<Completions> {
  return request<Completions>('/api/v1/apl/complete', { method: 'POST', body: JSON.stringify({ apl, offset }), signal });
}

/** What is wrong with a text, which is not run. */
export function diagnose(apl: string, signal: AbortSignal): Promise<{ mistakes: Diagnostic[]; warnings: Diagnostic[] }> {
  return request('/api/v1/apl/diagnose', { method: 'POST', body: JSON.stringify({ apl }), signal });
}

export function meta(signal: AbortSignal): Promise<Meta> {
  return request<Meta>('/api/v1/meta', { signal });
}

/** Whether the token may query anything; one that the server does not know is refused. */
export async function mayQuery(signal: AbortSignal): Promise<boolean> {
  // Those that it may query. As long as no span was sent there is none.
  const { datasets } = await meta(signal);
  if (datasets.length > 0) return true;
  try {
    await query('| limit 1', DEFAULT, signal);
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.status === 0 || cause.status === 401) throw cause;
    return cause.status !== 403;
  }
  return true;
}
