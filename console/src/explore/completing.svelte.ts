// The list under the cursor: asked for while somebody writes, a moment after the last key; answers to what is not
// there any more are dropped.
import { change, begun, toByte, type Change, type Completions } from '../apl/complete';

const PAUSE_MS = 60;

type Ask = (apl: string, offset: number, signal: AbortSignal) => Promise<Completions>;
type Offered = { text: string; completions: Completions };

export class Completing {
  offered = $state.raw<Offered | undefined>(undefined);
  /** The place of the chosen one; -1: none is, and Enter is a new line. */
  active = $state(-1);
  #ask: Ask;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  get items() {
    return this.offered?.completions.items ?? [];
  }

  get open() {
    return this.items.length > 0;
  }

  /** After a key: asks when what stands before the cursor wants it. */
  typed(text: string, caret: number): void {
    const wanted = begun(text.slice(0, caret));
    if (!wanted) return this.close();
    this.#stop();
    this.#timer = setTimeout(() => void this.#run(text, caret, wanted === 'word'), PAUSE_MS);
  }

  /** On request: whatever stands there. */
  asked(text: string, caret: number): Promise<void> {
    this.#stop();
    return this.#run(text, caret, true);
  }

  async #run(text: string, caret: number, choose: boolean): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const completions = await this.#ask(text, toByte(text, caret), running.signal);
      if (this.#running !== running) return;
      this.offered = { text, completions };
      this.active = choose && !this.#isWritten(text, completions) ? 0 : -1;
      if (completions.items.length === 1 && this.#isWritten(text, completions)) this.close();
    } catch {
      // An editor without help is an editor.
      if (this.#running === running) this.close();
    }
  }

  /** Whether the first that is offered is what stands there. */
  #isWritten(text: string, completions: Completions): boolean {
    const first = completions.items[0];
    if (!first) return false;
    const { start, end } = change(text, text, completions, first);
    return text.slice(start, end) === first.insert.trimEnd();
  }

  move(by: number): void {
    const count = this.items.length;
    if (count === 0) return;
    // Past an end it goes on at the other; a page stops there.
    const next = this.active + by;
    if (Math.abs(by) === 1) this.active = this.active < 0 && by < 0 ? count - 1 : (next + count) % count;
    else this.active = Math.min(Math.max(next, 0), count - 1);
  }

  /** What a choice makes of the text as it is now. */
  choice(now: string, at: number): Change | undefined {
    const item = this.items[at];
    return this.offered && item ? change(this.offered.text, now, this.offered.completions, item) : undefined;
  }

  close(): void {
    this.#stop();
    this.offered = undefined;
    this.active = -1;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = undefined;
  }
}
