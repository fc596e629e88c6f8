// Where the user is, tied to the browser's history.
import { DEFAULT, pinned, type Range } from '../time/range';
import { decode, encode, type Place } from './url';

class Here {
  place = $state.raw<Place>(decode(new URL(location.href)));
  /** The last range in hand: a trace has none of its own, and the way back keeps it. */
  range = $state.raw<Range>(DEFAULT);
  /** Likewise the dataset whose services were shown last. */
  dataset = $state<string | undefined>();
  /** True when the last move was the browser's back or forward: pages then show what they had. */
  returned = false;

  constructor() {
    this.#keep();
    addEventListener('popstate', () => {
      this.returned = true;
      this.place = decode(new URL(location.href));
      this.#keep();
    });
  }

  go(place: Place, how: 'push' | 'replace' = 'push'): void {
    const url = encode(place);
    this.returned = false;
    if (how === 'push' && url !== location.pathname + location.search) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    this.place = place;
    this.#keep();
  }

  goTo(href: string): void {
    this.go(decode(new URL(href, location.href)));
  }

  setRange(range: Range): void {
    const place = this.place;
    if (place.page === 'services' || place.page === 'explore') this.go({ ...place, range });
    else this.range = range;
  }

  /** A link to what is on screen now: relative times become absolute. */
  shareable(): string {
    const place = this.place;
    const fixed = 'range' in place ? { ...place, range: pinned(place.range, Date.now()) } : place;
    return location.origin + encode(fixed);
  }

  #keep(): void {
    if ('range' in this.place) this.range = this.place.range;
    if (this.place.page === 'services') this.dataset = this.place.dataset;
  }
}

export const here = new Here();
