// undo.svelte.ts — what was done last and can be undone: the server keeps how it was, the page offers the way back.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';

interface Offer {
  text: string;
  act: string;
  /** Shows again what is as before. */
  after: () => unknown;
}

const shownFor = 20_000; // milliseconds; longer while the offer has the focus or the pointer

export class Undo {
  #offer = $state.raw<Offer | null>(null);
  #said = $state('');
  #busy = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api = realApi) {}

  get text(): string {
    return this.#offer?.text ?? this.#said;
  }
  get isOffered(): boolean {
    return this.#offer !== null;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  offer(text: string, act: string | null | undefined, after: () => unknown): void {
    if (!act) return;
    this.#offer = { text, act, after };
    this.#problem = null;
    this.wait();
  }

  /** Takes the last act back; `done` is said then. */
  async undo(done: string): Promise<void> {
    const offer = this.#offer;
    if (!offer || this.#busy) return;
    this.#busy = true;
    try {
      await ask(this.api.POST('/acts/{id}/undo', { params: { path: { id: offer.act } } }));
      this.#offer = null;
      this.#said = done;
      this.wait();
      await offer.after();
    } catch (cause) {
      this.#problem = asProblem(cause);
    } finally {
      this.#busy = false;
    }
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#offer = null;
    this.#said = '';
    this.#problem = null;
  }

  /** The offer stays as long as somebody is at it. */
  hold(): void {
    clearTimeout(this.#timer);
  }
  wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), shownFor);
  }
}

export const undo = new Undo();
