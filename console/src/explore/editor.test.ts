// The list under the cursor, and what is said of a text while it is written.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { completions, diagnosis } from '../../dev/fixture/editor.mjs';
import { answer } from '../../dev/fixture/queries.mjs';
import App from '../App.svelte';
import { here } from '../shell/here.svelte';
import { meta } from '../shell/meta.svelte';

let app: ReturnType<typeof mount>;
let asked: string[];
/** Held back until it is let go. */
let held: { path: string; release: () => void }[];
let holding: boolean;

beforeEach(async () => {
  [asked, held, holding] = [[], [], false];
  vi.stubGlobal('fetch', vi.fn(async (path: string, init?: RequestInit) => {
    const reply = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
    if (path === '/api/v1/meta') return reply({ version: '0', first_span_at: '2026-11-23T04:00:00Z', otlp_http: '', otlp_grpc: '', datasets: ['traces'] });
    const body = JSON.parse(String(init?.body)) as { apl: string; offset: number };
    if (path === '/api/v1/apl/diagnose') return reply(diagnosis(body));
    if (path === '/api/v1/apl/complete') {
      asked.push(body.apl.slice(0, body.offset));
      if (holding) await new Promise<void>((release) => held.push({ path, release }));
      return reply(completions(body));
    }
    const [status, wire] = answer(body);
    return reply(wire, status);
  }));
  here.goTo(`${location.origin}/explore?q=${encodeURIComponent('| where error')}`);
  app = mount(App, { target: document.body });
  await until(() => expect(area().value).toBe('| where error'));
});
afterEach(async () => {
  await unmount(app);
  meta.value = undefined;
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const until = (check: () => void) => vi.waitFor(() => { flushSync(); check(); });
const area = () => document.querySelector<HTMLTextAreaElement>('[data-testid="query-input"]')!;
const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')];
const active = () => document.querySelector('[role="option"][aria-selected="true"]')?.querySelector('.label')?.textContent;

function type(text: string): void {
  area().value = text;
  area().setSelectionRange(text.length, text.length);
  area().dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}
/** Whether the key was taken. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  area().dispatchEvent(event);
  flushSync();
  return event.defaultPrevented;
}

describe('completion', () => {
  test('is offered for the word at hand, chosen with the keys, and written as it must be', async () => {
    type('| where na');
    await until(() => expect(options()).toHaveLength(2));
    expect(area().getAttribute('aria-expanded')).toBe('true');
    expect(area().getAttribute('aria-activedescendant')).toBe(document.querySelector('[aria-selected="true"]')!.id);
    expect(active()).toBe('name');
    press('ArrowDown');
    expect(active()).toBe('service.name');
    press('ArrowDown');
    expect(active()).toBe('name');
    press('ArrowUp');
    expect(press('Enter')).toBe(true);
    expect(area().value).toBe("| where ['service.name']");
    expect(options()).toEqual([]);
    expect(area().getAttribute('aria-expanded')).toBe('false');
  });
  test('of a call goes on between its parentheses', async () => {
    type('| summarize perc');
    await until(() => expect(active()).toBe('percentile'));
    expect(document.querySelector('.doc')!.textContent).toContain('so many percent');
    press('Tab');
    expect([area().value, area().selectionStart]).toEqual(['| summarize percentile()', 23]);
  });
  test('with the mouse', async () => {
    type('| where dura');
    await until(() => expect(options()).toHaveLength(1));
    options()[0]!.click();
    flushSync();
    expect(area().value).toBe('| where duration');
  });
  test('takes no Enter where nothing is chosen or nothing would change', async () => {
    type('| where error\n| ');
    await until(() => expect(options().length).toBeGreaterThan(0));
    expect(active()).toBeUndefined();
    expect(press('Enter')).toBe(false);
    await until(() => expect(options()).toEqual([]));
    press(' ', { ctrlKey: true });
    await until(() => expect(active()).toBe('where'));
    press('Escape');
    expect(options()).toEqual([]);
    expect(document.querySelector('[data-testid="query-input"]')).not.toBeNull();
  });
  test('an answer to a text that is gone is dropped', async () => {
    holding = true;
    type('| where na');
    await until(() => expect(held).toHaveLength(1));
    type('| where dur');
    await until(() => expect(held).toHaveLength(2));
    held[1]!.release();
    await until(() => expect(active()).toBe('duration'));
    held[0]!.release();
    // Time for the late answer to be taken, if it were.
    await new Promise((next) => setTimeout(next));
    flushSync();
    expect(active()).toBe('duration');
    expect(asked).toEqual(['| where na', '| where dur']);
  });
});

test('what is wrong is told while one writes, and repaired with one press', async () => {
  type("| where durration > 1s and ['db.nme'] == 'x'");
  await until(() => expect(document.querySelector('.marks .wrong')?.textContent).toBe('durration'));
  expect(document.querySelector('.marks .doubted')!.textContent).toBe("['db.nme']");
  expect(document.querySelector('[data-testid="query-error"]')!.textContent).toContain('1:9');
  expect(document.querySelector('[data-testid="query-warning"]')!.textContent).toContain('custom attribute');
  area().setSelectionRange(10, 10);
  area().dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowLeft', bubbles: true }));
  flushSync();
  expect(document.querySelector('[role="tooltip"]')!.textContent).toContain('did you mean duration?');
  type('| where duration > 1s');
  await until(() => expect(document.querySelector('[data-testid="query-error"]')).toBeNull());
});
