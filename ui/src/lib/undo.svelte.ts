// undo.svelte.ts — what was done last and can be undone: the server keeps how it was, the page offers the way back.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import { Sending } from './sending.svelte';

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
  /** One for each offer: a problem goes with it. */
  #sending = $state.raw(new Sending());
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api = realApi) {}

  get text(): string {
    return this.#offer?.text ?? this.#said;
  }
  get isOffered(): boolean {
    return this.#offer !== null;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }

  offer(text: string, act: string | null | undefined, after: () => unknown): void {
    if (!act) return;
    this.#offer = { text, act, after };
    this.#sending = new Sending();
    this.wait();
  }

  /** Takes the last act back; `done` is said then. */
  async undo(done: string): Promise<void> {
    const offer = this.#offer;
    if (!offer) return;
    await this.#sending.send(async () => {
      await ask(this.api.POST('/acts/{id}/undo', { params: { path: { id: offer.act } } }));
      this.#offer = null;
      this.#said = done;
      this.wait();
      await offer.after();
    });
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#offer = null;
    this.#said = '';
    this.#sending = new Sending();
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
