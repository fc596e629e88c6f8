// What the user prefers, kept in the browser; and the refresh clock that the pages listen to.
import type { Zone } from '../format/timestamp';

export type Theme = 'system' | 'light' | 'dark';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function stored<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  try {
    const value = localStorage.getItem(`throughline.${name}`);
    return allowed.find((candidate) => candidate === value) ?? fallback;
  } catch {
    return fallback;
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(`throughline.${name}`, value);
  } catch {
    // Storage may be denied: the choice then lasts as long as the page.
  }
}

class Settings {
  theme = $state<Theme>(stored('theme', THEMES, 'system'));
  zone = $state<Zone>(stored<Zone>('zone', ['local', 'utc'], 'local'));

  setTheme(theme: Theme): void {
    this.theme = theme;
    store('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }

  nextTheme(): void {
    this.setTheme(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]!);
  }

  setZone(zone: Zone): void {
    this.zone = zone;
    store('zone', zone);
  }
}

class Refresh {
  /** Grows by one each time that everything on the page is to be asked for anew. */
  tick = $state(0);
  /** Seconds between refreshes; 0 is never. */
  every = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  now(): void {
    this.tick++;
  }

  setEvery(seconds: number): void {
    this.every = seconds;
    clearInterval(this.#timer);
    if (seconds > 0) this.#timer = setInterval(() => { if (!document.hidden) this.tick++; }, seconds * 1000);
  }
}

export const settings = new Settings();
export const refresh = new Refresh();
