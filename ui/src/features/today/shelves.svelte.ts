// shelves.svelte.ts — whom to see: the best of all, or of those never met, long not seen, or in touch.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Suggestion } from '$lib/api/types';

export type Shelf = Suggestion['shelf'];
export const shelves: Shelf[] = ['first', 'dormant', 'strong'];
const most = 3;

export class Shelves {
  #shelf = $state<Shelf | null>(null);
  #items = $state.raw<Suggestion[]>([]);
  #problem = $state.raw<Problem | null>(null);
  #told = new Set<string>();

  constructor(
    private readonly best: Suggestion[],
    private readonly api: Api = realApi,
  ) {
    this.#items = best;
  }

  /** Nothing: the best of all. */
  get shelf(): Shelf | null {
    return this.#shelf;
  }
  get items(): Suggestion[] {
    return this.#items;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async choose(shelf: Shelf | null): Promise<void> {
    this.#shelf = shelf;
    this.#problem = null;
    if (!shelf) {
      this.#items = this.best;
      return;
    }
    try {
      const { items } = await ask(this.api.GET('/suggestions', { params: { query: { shelf, limit: most } } }));
      if (this.#shelf !== shelf) return; // another was chosen meanwhile
      this.#items = items;
      await this.tell();
    } catch (cause) {
      if (this.#shelf === shelf) this.#problem = asProblem(cause);
    }
  }

  /** Tells who is shown, so that whoever is ignored again and again may rest; not to be told is no harm. */
  async tell(): Promise<void> {
    const people = this.#items.map((one) => one.person.id).filter((id) => !this.#told.has(id));
    if (people.length === 0) return;
    for (const id of people) this.#told.add(id);
    await ask(this.api.POST('/suggestions/shown', { body: { people } })).catch(() => undefined);
  }
}
