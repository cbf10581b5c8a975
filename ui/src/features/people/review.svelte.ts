// review.svelte.ts — pairs that may be one person, one at a time; each answer is remembered and can be taken back.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { ReviewPair } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export class Review {
  #pairs = $state.raw<ReviewPair[] | null>(null);
  #answered = $state.raw<{ pair: ReviewPair; act: string }[]>([]);
  #sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get pairs(): ReviewPair[] | null {
    return this.#pairs;
  }
  get pair(): ReviewPair | null {
    return this.#pairs?.[0] ?? null;
  }
  /** Pairs still to look at. */
  get count(): number {
    return this.#pairs?.length ?? 0;
  }
  get answered(): number {
    return this.#answered.length;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }

  async load(): Promise<void> {
    await this.#sending.send(() => this.#fetch());
  }

  async answer(answer: 'same' | 'different'): Promise<void> {
    const pair = this.pair;
    if (!pair) return;
    await this.#sending.send(async () => {
      const { act } = await ask(this.api.POST('/review', { body: { a_identity: pair.a_identity, b_identity: pair.b_identity, answer } }));
      this.#answered = [...this.#answered, { pair, act }];
      this.#pairs = this.#pairs!.slice(1);
      if (this.#pairs.length === 0) await this.#fetch(); // an answer can settle others, or raise them
    });
  }

  /** Puts the pair at the end: it comes back, but not now. */
  skip(): void {
    if (this.#pairs && this.#pairs.length > 1) this.#pairs = [...this.#pairs.slice(1), this.#pairs[0]!];
  }

  async undo(): Promise<void> {
    const last = this.#answered.at(-1);
    if (!last) return;
    await this.#sending.send(async () => {
      await ask(this.api.POST('/acts/{id}/undo', { params: { path: { id: last.act } } }));
      this.#answered = this.#answered.slice(0, -1);
      this.#pairs = [last.pair, ...(this.#pairs ?? []).filter((pair) => pair.a_identity !== last.pair.a_identity || pair.b_identity !== last.pair.b_identity)];
    });
  }

  async #fetch(): Promise<void> {
    this.#pairs = (await ask(this.api.GET('/review', { params: { query: { limit: 100 } } }))).items;
  }
}
