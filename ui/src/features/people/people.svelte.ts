// people.svelte.ts — the list of people: searched as one types, filtered, fetched page by page; the filters live in the URL.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { PersonRow } from '$lib/api/types';
import { Latest } from '$lib/sending.svelte';
import { askedFor, noFilters, writeFilters, type Filters } from './filters';

const page = 50;

export class PeopleList {
  #filters = $state.raw<Filters>(noFilters);
  #rows = $state.raw<PersonRow[] | null>(null);
  #next = $state.raw<string | null>(null);
  #cities = $state.raw<string[]>([]);
  #totals = $state.raw<{ people: number; met: number } | null>(null);
  #search = new Latest();

  constructor(private readonly api: Api = realApi) {}

  get filters(): Filters {
    return this.#filters;
  }
  get rows(): PersonRow[] | null {
    return this.#rows;
  }
  /** Where the owner knows people; of use for the filter. */
  get cities(): string[] {
    return this.#cities;
  }
  /** How many there are, whatever the filters leave, and how many of them the owner has met. */
  get totals(): { people: number; met: number } | null {
    return this.#totals;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get busy(): boolean {
    return this.#search.busy;
  }
  get problem(): Problem | null {
    return this.#search.problem;
  }
  get isFiltered(): boolean {
    return writeFilters(this.#filters) !== '/people';
  }

  /** Shows the people these filters leave; a late answer to older filters is dropped. */
  async show(filters: Filters): Promise<void> {
    this.#filters = filters;
    await this.#fetch(null);
  }

  /** The same again, after something changed. */
  async again(): Promise<void> {
    await Promise.all([this.#fetch(null), this.count()]);
  }

  async count(): Promise<void> {
    // Without them only a line is missing.
    this.#totals = await ask(this.api.GET('/people/totals')).catch(() => this.#totals);
  }

  async loadCities(): Promise<void> {
    // Without them only the filter by place is missing.
    this.#cities = await ask(this.api.GET('/people/cities')).then((answer) => answer.items, () => []);
  }

  async more(): Promise<void> {
    if (this.#next !== null && !this.busy) await this.#fetch(this.#next);
  }

  async #fetch(after: string | null): Promise<void> {
    const asked = { limit: page, ...askedFor(this.#filters), ...(after && { after }) };
    await this.#search.ask(
      () => ask(this.api.GET('/people', { params: { query: asked } })),
      (answer) => {
        this.#rows = after ? [...(this.#rows ?? []), ...answer.items] : answer.items;
        this.#next = answer.next;
      },
    );
  }
}

/** Kept while the page is open, so that the way back from a person leads to the list as it was. */
export const people = new PeopleList();
