// beginning.svelte.ts — whom to propose to when no meeting is open.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Suggestion } from '$lib/api/types';

const most = 3;

export class Beginning {
  #people = $state.raw<Suggestion[] | null>(null);

  constructor(private readonly api: Api = realApi) {}

  /** Null until it is known. */
  get people(): Suggestion[] | null {
    return this.#people;
  }

  async load(): Promise<void> {
    // Without suggestions the room still says what can be done.
    this.#people = await ask(this.api.GET('/suggestions', { params: { query: { limit: most } } })).then(
      (answer) => answer.items.slice(0, most),
      () => [],
    );
  }
}
