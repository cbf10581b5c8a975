// crowd.svelte.ts — the people of a drawing: more than a page of the list, but not without end.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { PersonRow } from '$lib/api/types';
import { askedFor, type Filters } from './filters';

const page = 200;
export const mostDrawn = 400;

export class Crowd {
  #rows = $state.raw<PersonRow[] | null>(null);
  #isCut = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #round = 0;

  constructor(private readonly api: Api = realApi) {}

  get rows(): PersonRow[] | null {
    return this.#rows;
  }
  /** There are more people than are drawn. */
  get isCut(): boolean {
    return this.#isCut;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async show(filters: Filters): Promise<void> {
    const round = ++this.#round;
    this.#problem = null;
    try {
      const rows: PersonRow[] = [];
      let after: string | null = null;
      do {
        const answer: { items: PersonRow[]; next: string | null } = await ask(this.api.GET('/people', { params: { query: { limit: page, ...askedFor(filters), ...(after && { after }) } } }));
        if (round !== this.#round) return;
        rows.push(...answer.items);
        after = answer.next;
      } while (after && rows.length < mostDrawn);
      this.#rows = rows.slice(0, mostDrawn);
      this.#isCut = after !== null;
    } catch (cause) {
      if (round === this.#round) this.#problem = asProblem(cause);
    }
  }
}
