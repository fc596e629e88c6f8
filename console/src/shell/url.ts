// The URL is the document: everything a page shows can be read from it and written to it.
import { DATASET } from '../apl/quote';
import { DEFAULT, type Range } from '../time/range';

/** What a query is written in. */
export type Language = 'apl' | 'sql';

export type Place =
  /** `dataset`: the one that was chosen; without it, the usual one. */
  | { page: 'services'; range: Range; dataset: string | undefined; filter: string; sort: string }
  | { page: 'explore'; range: Range; language: Language; query: string | undefined; sort: string; row: number | undefined; draw?: string }
  | { page: 'trace'; id: string; dataset: string; span: string | undefined; find: string }
  | { page: 'lost'; path: string };

export const services = (range: Range, dataset?: string): Place => ({ page: 'services', range, dataset, filter: '', sort: '' });
export const explore = (range: Range, query?: string, language: Language = 'apl'): Place => ({ page: 'explore', range, language, query, sort: '', row: undefined });
export const trace = (id: string, span?: string, dataset = DATASET): Place => ({ page: 'trace', id: id.toLowerCase(), dataset, span, find: '' });

/** Path and query string of a place; what is at its default is left out. */
export function encode(place: Place): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | undefined) => { if (value !== undefined && value !== '') params.set(name, value); };
  const putRange = (range: Range) => {
    if (range.from === DEFAULT.from && range.to === DEFAULT.to) return;
    params.set('from', range.from);
    params.set('to', range.to);
  };
  let path = '/';
  if (place.page === 'services') {
    put('dataset', place.dataset);
    put('filter', place.filter);
    put('sort', place.sort);
    putRange(place.range);
  } else if (place.page === 'explore') {
    path = '/explore';
    put('lang', place.language === 'apl' ? undefined : place.language);
    if (place.query !== undefined) params.set('q', place.query);
    put('sort', place.sort);
    put('draw', place.draw);
    put('row', place.row === undefined ? undefined : String(place.row));
    putRange(place.range);
  } else if (place.page === 'trace') {
    path = `/trace/${encodeURIComponent(place.id)}`;
    put('dataset', place.dataset === DATASET ? undefined : place.dataset);
    put('span', place.span);
    put('find', place.find);
  } else {
    path = place.path;
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

export function decode(url: URL): Place {
  const get = (name: string) => url.searchParams.get(name) ?? '';
  const from = get('from');
  const to = get('to');
  // An end that makes no sense stays as it is, for the page to say so.
  const range = { from: from || DEFAULT.from, to: to || DEFAULT.to };
  if (url.pathname === '/' || url.pathname === '/services') {
    return { page: 'services', range, dataset: get('dataset') || undefined, filter: get('filter'), sort: get('sort') };
  }
  if (url.pathname === '/explore') {
    const row = get('row');
    return {
      page: 'explore', range, language: get('lang') === 'sql' ? 'sql' : 'apl', query: url.searchParams.get('q') ?? undefined, sort: get('sort'),
      row: /^\d+$/.test(row) ? Number(row) : undefined, ...(get('draw') ? { draw: get('draw') } : {}),
    };
  }
  const id = /^\/trace\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (id !== undefined) {
    return { page: 'trace', id: safeDecode(id).toLowerCase(), dataset: get('dataset') || DATASET, span: get('span') || undefined, find: get('find') };
  }
  return { page: 'lost', path: url.pathname };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The trace id in what someone pasted: bare, in a `traceparent`, in a header line, or in a URL. */
export function traceIdIn(text: string): string | undefined {
  const id = /(?:^|[^0-9a-f])([0-9a-f]{32})(?![0-9a-f])/i.exec(text)?.[1]?.toLowerCase();
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}

/** The dataset in a pasted link to a trace. */
export function datasetIn(text: string): string {
  const name = /[?&]dataset=([^&#\s]+)/.exec(text)?.[1];
  return name === undefined ? DATASET : safeDecode(name);
}

/** `-spans` is by spans, largest first. */
export function sortOf(text: string): { by: string; descending: boolean } | undefined {
  if (text === '') return undefined;
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false };
}

/** The next sort when the head of column `by` is pressed: its usual way, the other way, none. */
export function nextSort(current: string, by: string, descendingFirst: boolean): string {
  const [first, second] = descendingFirst ? [`-${by}`, by] : [by, `-${by}`];
  return current === first ? second : current === second ? '' : first;
}
