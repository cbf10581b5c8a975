// sending.svelte.ts — what is under way: something that is sent (open, sending, done, or back with a problem), and a question
// that is asked again before it is answered.
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

/** A question whose latest answer counts: one that was overtaken by a newer question is dropped. */
export class Latest {
  #busy = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #round = 0;

  get busy(): boolean {
    return this.#busy;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Hands the answer on and says true; false when it failed, or when nobody waits for it any more. */
  async ask<Answer>(question: () => Promise<Answer>, take: (answer: Answer) => void): Promise<boolean> {
    const round = ++this.#round;
    this.#busy = true;
    try {
      const answer = await question();
      if (round !== this.#round) return false;
      this.#problem = null;
      take(answer);
      return true;
    } catch (cause) {
      if (round === this.#round) this.#problem = asProblem(cause);
      return false;
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }

  /** Nobody waits for an answer any more. */
  forget(): void {
    this.#round++;
    this.#busy = false;
    this.#problem = null;
  }
}
