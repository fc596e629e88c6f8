// Single keys and two-key chords, as a table. Keys typed into a field are the field's own.

export type Action = 'help' | 'palette' | 'query' | 'services' | 'explore' | 'range' | 'refresh' | 'copy-link' | 'theme' | 'language' | 'earlier' | 'later';
export type Binding = { keys: string; action: Action; does: string };

export const BINDINGS: readonly Binding[] = [
  { keys: 'Ctrl K', action: 'palette', does: 'Go to a trace, a page or a query' },
  { keys: '/', action: 'query', does: 'Focus the query, or the filter' },
  { keys: 'g s', action: 'services', does: 'Services' },
  { keys: 'g e', action: 'explore', does: 'Explore' },
  { keys: 't', action: 'range', does: 'Time range' },
  { keys: '.', action: 'refresh', does: 'Refresh' },
  { keys: 'L', action: 'language', does: 'In Explore: APL or SQL' },
  { keys: 'y', action: 'copy-link', does: 'Copy a link to this view' },
  { keys: 'T', action: 'theme', does: 'Next theme: system, light, dark' },
  { keys: '?', action: 'help', does: 'This list' },
];

export const EXPLORE_KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'Ctrl Enter', does: 'Run the query' },
  { keys: 'Ctrl Space', does: 'What can be written here; ↑ ↓ choose, Enter or Tab take it' },
  { keys: 'Ctrl /', does: 'Comment the line out, or in' },
  { keys: 'Esc', does: 'Close the list; leave the query; close the details' },
];

export const TRACE_KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'j k', does: 'Next, previous span' },
  { keys: 'h l', does: 'Collapse, expand; then to the parent, the first child' },
  { keys: '[ ]', does: 'Collapse all, expand all' },
  { keys: 'n N', does: 'Next, previous match of the search' },
  { keys: 'e E', does: 'Next, previous error' },
  { keys: 'f', does: 'Zoom to the span' },
  { keys: '+ − 0', does: 'Zoom in, out, all' },
  { keys: 'a d', does: 'Pan to earlier, later' },
  { keys: 'Esc', does: 'Close the details' },
];

const CHORD_MS_MAX = 1200;

/** Remembers the first key of a chord. */
export class Chords {
  #first: { key: string; at: number } | undefined;

  press(key: string, control: boolean, now: number): Action | undefined {
    const first = this.#first && now - this.#first.at <= CHORD_MS_MAX ? this.#first.key : undefined;
    this.#first = undefined;
    const keys = control ? `Ctrl ${key.toUpperCase()}` : first ? `${first} ${key}` : key;
    const found = BINDINGS.find((binding) => binding.keys === keys);
    if (!found && !control && BINDINGS.some((binding) => binding.keys.startsWith(`${key} `))) this.#first = { key, at: now };
    return found?.action;
  }
}

/** Whether a dialog is open: keys are then its own. */
export const inDialog = (): boolean => document.querySelector('dialog[open]') !== null;

/** Whether a key goes to a field that the user types into. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
