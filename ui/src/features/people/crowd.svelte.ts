// crowd.svelte.ts — the people of a drawing: more than a page of the list, but not without end.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { PersonRow } from '$lib/api/types';
import { Latest } from '$lib/sending.svelte';
import { askedFor, type Filters } from './filters';

const page = 200;
export const mostDrawn = 400;

export class Crowd {
  #rows = $state.raw<PersonRow[] | null>(null);
  #isCut = $state(false);
  #search = new Latest();

  constructor(private readonly api: Api = realApi) {}

  get rows(): PersonRow[] | null {
    return this.#rows;
  }
  /** There are more people than are drawn. */
  get isCut(): boolean {
    return this.#isCut;
  }
  get problem(): Problem | null {
    return this.#search.problem;
  }

  async show(filters: Filters): Promise<void> {
    await this.#search.ask(
      () => this.#fetch(filters),
      ({ rows, isCut }) => {
        this.#rows = rows;
        this.#isCut = isCut;
      },
    );
  }

  async #fetch(filters: Filters) {
    const rows: PersonRow[] = [];
    let after: string | null = null;
    do {
      const answer: { items: PersonRow[]; next: string | null } = await ask(this.api.GET('/people', { params: { query: { limit: page, ...askedFor(filters), ...(after && { after }) } } }));
      rows.push(...answer.items);
      after = answer.next;
    } while (after && rows.length < mostDrawn);
    return { rows: rows.slice(0, mostDrawn), isCut: after !== null };
  }
}
