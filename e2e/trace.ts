// A trace, and how its spans hang together.

import { expect } from "@playwright/test";

import { stack } from "./stack.ts";

export interface Span {
  span_id: string;
  parent_span_id: string | null;
  name: string;
  kind: string;
  service: string;
  start_ns: number;
  duration_ns: number;
  error: boolean;
  attributes: Record<string, unknown>;
}

/** What a span must be like: its own fields, and any of its attributes. */
export interface Look {
  name?: string | RegExp;
  kind?: string;
  service?: string;
  /** Must be there, whatever the value. */
  has?: string;
}

export class Trace {
  readonly spans: Span[];

  constructor(spans: Span[]) {
    this.spans = spans;
  }

  /** All spans that look so, in the order of their start. */
  all(look: Look): Span[] {
    return this.spans.filter((span) => matches(span, look));
  }

  /** The one span that looks so; a failed test if there is none, or more than one. */
  one(look: Look): Span {
    const found = this.all(look);
    expect(found, `one span like ${show(look)} in\n${this.drawn()}`).toHaveLength(1);
    return found[0] as Span;
  }

  /** Is `span` below `above`, over any number of steps? */
  isBelow(span: Span, above: Span): boolean {
    let at: Span | undefined = span;
    while (at) {
      const parent: string | null = at.parent_span_id;
      if (parent === above.span_id) return true;
      at = this.spans.find((other) => other.span_id === parent);
    }
    return false;
  }

  /** Spans whose parent neither is in the trace nor is `given` by a caller from outside. */
  orphans(given?: string): Span[] {
    const ids = new Set(this.spans.map((span) => span.span_id));
    return this.spans.filter(
      ({ parent_span_id: parent }) => parent !== null && parent !== given && !ids.has(parent),
    );
  }

  /** The tree as text, for messages. */
  drawn(): string {
    const lines: string[] = [];
    const draw = (span: Span, depth: number): void => {
      lines.push(`${"  ".repeat(depth)}${span.service} · ${span.kind} · ${span.name}`);
      for (const child of this.spans) {
        if (child.parent_span_id === span.span_id) draw(child, depth + 1);
      }
    };
    const ids = new Set(this.spans.map((span) => span.span_id));
    for (const span of this.spans) {
      if (span.parent_span_id === null || !ids.has(span.parent_span_id)) draw(span, 0);
    }
    return lines.join("\n");
  }
}

/** The trace as the store has it now; without spans, if it has none. */
export async function traceNow(id: string): Promise<Trace> {
  const answer = await fetch(`${stack.console}/api/v1/traces/${id}`);
  if (answer.status === 404) return new Trace([]);
  if (!answer.ok) throw new Error(`trace ${id} was answered ${answer.status}`);
  return new Trace(((await answer.json()) as { spans: Span[] }).spans);
}

/** The trace once it has a span of each look, and no span's parent is missing. */
export async function traceWith(id: string, looks: Look[], given?: string): Promise<Trace> {
  let trace = new Trace([]);
  const missing = async (): Promise<string[]> => {
    trace = await traceNow(id);
    const absent = looks.filter((look) => trace.all(look).length === 0).map(show);
    return [...absent, ...trace.orphans(given).map((span) => `the parent of ${span.name}`)];
  };
  await expect.poll(missing, { message: `what trace ${id} lacks` }).toEqual([]);
  return trace;
}

function matches(span: Span, look: Look): boolean {
  if (look.name instanceof RegExp && !look.name.test(span.name)) return false;
  if (typeof look.name === "string" && look.name !== span.name) return false;
  if (look.kind !== undefined && look.kind !== span.kind) return false;
  if (look.service !== undefined && look.service !== span.service) return false;
  return look.has === undefined || look.has in span.attributes;
}

function show(look: Look): string {
  return Object.values(look).map(String).join(" ");
}
