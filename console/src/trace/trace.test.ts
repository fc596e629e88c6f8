import { describe, expect, test } from 'vitest';
import { assign, COLOURS, hueIn } from './colour';
import { minimap } from './minimap';
import type { Span } from './model';
import { allCollapsible, indent, placeOf, revealed, scrollTo, slice, visible } from './rows';
import { nextOf, search } from './search';
import { build, selfTime } from './tree';
import { fitted, labelSide, place, ruler, zoomed } from './view';

function span(id: string, parent: string | null, start: number, duration: number, more: Partial<Span> = {}): Span {
  return {
    span_id: id, parent_span_id: parent, name: id, kind: 'internal', service: 'api', start_ns: start, duration_ns: duration, error: false,
    status_code: null, status_message: null, scope: null, attributes: {}, resource: {}, events: [], links: [], ...more,
  };
}
const outline = (spans: Span[]) => build(spans).nodes.map((node) => `${'.'.repeat(node.depth)}${node.id}${node.absence ? `(${node.absence})` : ''}`);

describe('the tree', () => {
  test('is in order of start, depth first', () => {
    expect(outline([span('a', null, 0, 10), span('c', 'a', 5, 1), span('b', 'a', 1, 3), span('d', 'b', 2, 1)])).toEqual(['a', '.b', '..d', '.c']);
  });
  test('marks parents that never arrived, one for each', () => {
    const spans = [span('a', null, 0, 10), span('x', 'gone', 3, 2), span('y', 'gone', 6, 3), span('z', 'lost', 1, 1)];
    expect(outline(spans)).toEqual(['a', 'lost(missing)', '.z', 'gone(missing)', '.x', '.y']);
    const gone = build(spans).nodes[3]!;
    expect([gone.start, gone.end, gone.size]).toEqual([3, 9, 3]);
  });
  test('cuts rings and self-parents', () => {
    expect(outline([span('a', 'b', 0, 1), span('b', 'a', 1, 1)])).toEqual(['cycle:a(cycle)', '.a', '..b']);
    expect(outline([span('s', 's', 0, 1)])).toEqual(['cycle:s(cycle)', '.s']);
    expect([build([span('s', 's', 0, 1)]).cycles, build([span('s', null, 0, 1)]).cycles]).toEqual([1, 0]);
  });
  test('keeps spans that share an id', () => {
    expect(outline([span('a', null, 0, 9), span('a', null, 1, 2), span('b', 'a', 2, 1)])).toEqual(['a', '.b', 'a']);
  });
  test('counts errors and sizes upwards, and sees clocks that disagree', () => {
    const tree = build([span('a', null, 5, 10), span('b', 'a', 2, 3, { error: true }), span('c', 'b', 3, 1, { error: true })]);
    expect(tree.nodes.map((node) => [node.size, node.errors, node.skewed])).toEqual([[3, 2, false], [2, 2, true], [1, 1, false]]);
    expect([tree.start, tree.end, tree.skewed]).toEqual([0, 15, 1]);
  });
  test('holds ten thousand levels', () => {
    const deep = Array.from({ length: 10_000 }, (_, at) => span(`s${at}`, at ? `s${at - 1}` : null, at, 20_000 - 2 * at));
    const tree = build(deep);
    expect(tree.nodes.at(-1)?.depth).toBe(9_999);
    expect(visible(tree, new Set([5]))).toHaveLength(6);
  });
  test('offsets are exact to a nanosecond over ten hours', () => {
    const tree = build([span('a', null, 0, 36_000_000_000_200), span('b', 'a', 36_000_000_000_001, 199)]);
    expect(tree.nodes[1]!.end - tree.nodes[1]!.start).toBe(199);
  });
  test('self time leaves out what children cover, once', () => {
    const tree = build([span('a', null, 0, 100), span('b', 'a', 10, 30), span('c', 'a', 20, 30), span('d', 'a', 90, 50)]);
    expect(selfTime(tree, 0)).toBe(50);
  });
  test('an empty trace is empty', () => expect(build([]).nodes).toEqual([]));
});

describe('rows', () => {
  const tree = build([span('a', null, 0, 9), span('b', 'a', 1, 5), span('c', 'b', 2, 1), span('d', 'a', 7, 1)]);
  test('collapse', () => {
    expect([...visible(tree, new Set())]).toEqual([0, 1, 2, 3]);
    expect([...visible(tree, new Set([1]))]).toEqual([0, 1, 3]);
    expect([...visible(tree, allCollapsible(tree))]).toEqual([0]);
    expect([...allCollapsible(tree, 1)]).toEqual([1]);
    expect([...revealed(tree, allCollapsible(tree), 2)]).toEqual([]);
  });
  test('a hidden row stands where its parent does', () => expect(placeOf(visible(tree, new Set([1])), 2)).toBe(1));
  test('a viewport shows a slice', () => {
    expect(slice(5000, 24, 2400, 480, 10)).toEqual({ first: 90, last: 130 });
    expect(slice(3, 24, 0, 480, 10)).toEqual({ first: 0, last: 3 });
    expect(slice(3, 24, 9000, 480, 10)).toEqual({ first: 3, last: 3 });
    expect([scrollTo(50, 24, 0, 480), scrollTo(10, 24, 0, 480), scrollTo(0, 24, 500, 480)]).toEqual([792, 0, 0]);
  });
});

test('a deep name keeps its room', () => {
  expect([indent(3, 600), indent(500, 600), indent(500, 250), indent(2, 100)]).toEqual([42, 252, 50, 0]);
});

test('search', () => {
  const tree = build([
    span('a', null, 0, 9, { name: 'POST /bookings', attributes: { 'http.route': '/bookings', 'http.response.status_code': 201 } }),
    span('b', 'a', 1, 5, { name: 'SELECT slots', service: 'db', error: true }),
    span('c', 'a', 2, 5, { events: [{ name: 'exception', offset_ns: 1, attributes: { 'exception.type': 'CardDeclined' } }] }),
  ]);
  expect(search(tree, 'bookings')).toEqual([0]);
  expect(search(tree, 'select DB')).toEqual([1]);
  expect(search(tree, 'http.response.status_code=201')).toEqual([0]);
  expect(search(tree, 'carddeclined')).toEqual([2]);
  expect(search(tree, 'error')).toEqual([1]);
  expect(search(tree, ' ')).toEqual([]);
  expect([nextOf([1, 4], 1, false), nextOf([1, 4], 4, false), nextOf([1, 4], 1, true), nextOf([], 0, false)]).toEqual([4, 1, 4, undefined]);
});

describe('colours', () => {
  test('never collide up to twelve services, and do not depend on the order', () => {
    const names = Array.from({ length: COLOURS }, (_, at) => `service-${at}`);
    const hues = assign(names);
    expect(new Set([...hues.values()].map((hue) => hue.slot)).size).toBe(COLOURS);
    expect(assign(names.toReversed())).toEqual(hues);
  });
  test('stay, whatever part of the services a view has', () => {
    const known = assign(['api', 'web', 'worker', 'cron']);
    expect(hueIn(known, 'web')).toBe(known.get('web'));
    expect(hueIn(known, 'new')).toEqual(hueIn(new Map(), 'new'));
  });
  test('hatch the thirteenth', () => {
    const hues = assign(Array.from({ length: COLOURS + 1 }, (_, at) => `s${String(at).padStart(2, '0')}`));
    expect(hues.get('s12')?.hatched).toBe(true);
  });
});

describe('the view', () => {
  const window = { start: 100, end: 200 };
  test('places', () => {
    expect(place(window, 125, 150)).toEqual({ left: 25, width: 25 });
    expect(place(window, 0, 1e9)).toEqual({ left: -1, width: 102 });
    expect(place(window, 150, 150)).toEqual({ left: 50, width: 0 });
  });
  test('rules', () => {
    const labels = ruler({ start: 0, end: 5_000_000 }, 5).map((tick) => tick.label.replace('\u202f', ' '));
    expect(labels).toEqual(['0', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms']);
  });
  test('a trace without a length has a zero and no fractions', () => {
    expect(ruler({ start: 0, end: 1 }, 6).map((tick) => tick.at)).toEqual([0, 1]);
  });
  test('zooms within the trace', () => {
    const all = { start: 0, end: 1000 };
    expect(zoomed(all, all, 0.5, 500)).toEqual({ start: 250, end: 750 });
    expect(zoomed({ start: 0, end: 500 }, all, 4, 0)).toEqual(all);
    expect(zoomed(all, all, 1e-9, 0)).toEqual({ start: 0, end: 10 });
    expect(fitted(all, 400, 500)).toEqual({ start: 392, end: 508 });
  });
});

test.each([
  [1000, 10, 80, 'after'], [150, 10, 40, 'after'], [150, 60, 25, 'before'], [150, 20, 60, 'inside'], [1000, 0, 100, 'inside'], [0, 60, 10, 'before'],
])('in %i px the label of a bar from %i %% and %i %% long stands %s', (px, left, width, side) => expect(labelSide({ left, width }, px)).toBe(side));

test('the minimap keeps errors on top', () => {
  const tree = build([span('a', null, 0, 100), span('b', 'a', 10, 20, { error: true })]);
  const strokes = minimap(tree, () => ({ slot: 0, hatched: false }));
  expect(strokes.map((stroke) => stroke.slot)).toContain('error');
  expect(minimap(build([]), () => ({ slot: 0, hatched: false }))).toEqual([]);
});
