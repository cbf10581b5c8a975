// sending.svelte.ts — the life of something that is sent: open, under way, done, or back with a problem.
import { asProblem, type Problem } from './api/problem';

/** One thing that is sent and either works or not. */
export class Sending {
  #state = $state<'open' | 'sending' | 'done'>('open');
  #problem = $state.raw<Problem | null>(null);

  get state(): 'open' | 'sending' | 'done' {
    return this.#state;
  }
  get busy(): boolean {
    return this.#state === 'sending';
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** True when it worked. A second call while one is under way does nothing. */
  async send(act: () => Promise<unknown>): Promise<boolean> {
    if (this.#state === 'sending') return false;
    this.#state = 'sending';
    this.#problem = null;
    try {
      await act();
      this.#state = 'done';
      return true;
    } catch (cause) {
      this.#problem = asProblem(cause);
      this.#state = 'open';
      return false;
    }
  }
}
