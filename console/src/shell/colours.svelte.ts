// One colour for each service on all pages: assigned once, over the services of the last day, and then kept
// until the page is loaded again, so that no query and no filter changes a colour.
import { query } from '../api/client';
import { column } from '../api/tabular';
import { assign, hueIn, type Hue } from '../trace/colour';
import { NO_SERVICE } from '../trace/model';

const QUERY = "| summarize count() by ['service.name']";
const RANGE = { from: 'now-24h', to: 'now' };
const NAMES_MAX = 5000;

class Colours {
  #assigned = $state.raw<ReadonlyMap<string, Hue>>(new Map());
  #busy = false;

  /** Asks for the names, unless they are there. */
  async load(): Promise<void> {
    if (this.#busy || this.#assigned.size > 0) return;
    this.#busy = true;
    try {
      const { table } = await query(QUERY, RANGE, new AbortController().signal, NAMES_MAX);
      this.know((column(table, 'service.name')?.values ?? []).map((name) => (name === null ? NO_SERVICE : String(name))));
    } catch {
      // Without the names each service has the colour that it prefers; the next page asks again.
    } finally {
      this.#busy = false;
    }
  }

  know(names: Iterable<string>): void {
    this.#assigned = assign(names);
  }

  of(name: string): Hue {
    return hueIn(this.#assigned, name);
  }
}

export const colours = new Colours();
export const hueOf = (name: string): Hue => colours.of(name);
