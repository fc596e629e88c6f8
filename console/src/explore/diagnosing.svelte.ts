// What is wrong with a query that is being written, asked for when the writing pauses.
import type { Diagnostic } from '../apl/edit';
import { toByte } from '../apl/complete';

const PAUSE_MS = 400;

export type Diagnosis = { mistakes: Diagnostic[]; warnings: Diagnostic[] };
type Ask = (apl: string, signal: AbortSignal) => Promise<Diagnosis>;

export class Diagnosing {
  #found = $state.raw<{ text: string; diagnosis: Diagnosis } | undefined>(undefined);
  #ask: Ask;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Looks at the text after a pause. */
  typed(text: string): void {
    this.stop();
    if (text.trim() === '') return;
    this.#timer = setTimeout(() => void this.#run(text), PAUSE_MS);
  }

  async #run(text: string): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const diagnosis = await this.#ask(text, running.signal);
      if (this.#running === running) this.#found = { text, diagnosis };
    } catch {
      // Whoever runs the query is told.
    }
  }

  /** What is wrong with this text, as far as it is known. What is missing at the very end is being written. */
  of(text: string): Diagnosis {
    if (this.#found?.text !== text) return { mistakes: [], warnings: [] };
    const end = toByte(text, text.trimEnd().length);
    const { mistakes, warnings } = this.#found.diagnosis;
    return { mistakes: mistakes.filter((one) => one.start < end), warnings };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = undefined;
  }
}
