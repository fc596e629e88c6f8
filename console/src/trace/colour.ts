// A colour for each service. Each name prefers one of the eight strong colours, the same in every
// view; when two prefer the same one, the later in the alphabet moves on to the next that is free, and to the
// four muted ones last. So no two services share a colour until there are more than twelve, and then a pattern
// tells them apart.

export const COLOURS = 12;
const STRONG = 8;
export type Hue = { slot: number; hatched: boolean };

export function assign(services: Iterable<string>): Map<string, Hue> {
  const names = [...new Set(services)].sort();
  const taken = new Set<number>();
  const hues = new Map<string, Hue>();
  for (const name of names) {
    const round = Math.floor(hues.size / COLOURS);
    if (hues.size % COLOURS === 0) taken.clear();
    let slot = hash(name) % STRONG;
    for (let tries = 1; taken.has(slot); tries++) slot = tries < STRONG ? (slot + 1) % STRONG : tries;
    taken.add(slot);
    hues.set(name, { slot, hatched: round % 2 === 1 });
  }
  return hues;
}

/** The colour of a name among those that were assigned; a name that came later has the one that it prefers. */
export function hueIn(assigned: ReadonlyMap<string, Hue>, name: string): Hue {
  return assigned.get(name) ?? { slot: hash(name) % STRONG, hatched: false };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
}

export const variable = (hue: Hue | undefined) => (hue ? `var(--service-${hue.slot})` : 'var(--faint)');
