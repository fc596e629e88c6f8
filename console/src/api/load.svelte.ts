// One thing being loaded. A newer request cancels the older; the last good value stays until the next
// one arrives, so that a page dims instead of going blank.
import { Refusal } from './client';

export class Load<T> {
  value = $state.raw<T | undefined>(undefined);
  refusal = $state.raw<Refusal | undefined>(undefined);
  busy = $state(false);
  /** From asking to having the value, as the user waited for it. */
  waitedMs = $state(0);
  #running: AbortController | undefined;

  async run(work: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.busy = true;
    const started = performance.now();
    try {
      const value = await work(running.signal);
      if (this.#running !== running) return;
      this.value = value;
      this.refusal = undefined;
      this.waitedMs = performance.now() - started;
    } catch (cause) {
      if (this.#running !== running) return;
      if (running.signal.aborted) return;
      this.refusal = cause instanceof Refusal ? cause : new Refusal(0, String(cause));
    } finally {
      if (this.#running === running) this.busy = false;
    }
  }

  /** Puts a value there that is already at hand. */
  set(value: T): void {
    this.cancel();
    this.value = value;
    this.refusal = undefined;
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.busy = false;
  }
}
