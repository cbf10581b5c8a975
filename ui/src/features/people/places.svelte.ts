// places.svelte.ts — how many people are in which city, for the map and its list.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import { Latest } from '$lib/sending.svelte';
import { askedFor, type Filters } from './filters';

export interface CityOfPeople {
  city: string;
  /** Latitude and longitude of the city, not of anybody's door. */
  at: [number, number];
  people: number;
}

export class Places {
  #rows = $state.raw<CityOfPeople[] | null>(null);
  #elsewhere = $state(0);
  #search = new Latest();

  constructor(private readonly api: Api = realApi) {}

  get rows(): CityOfPeople[] | null {
    return this.#rows;
  }
  /** People of whom no place on the map is known. */
  get elsewhere(): number {
    return this.#elsewhere;
  }
  get problem(): Problem | null {
    return this.#search.problem;
  }

  async show(filters: Filters): Promise<void> {
    this.#rows = null;
    await this.#search.ask(
      () => ask(this.api.GET('/people/map', { params: { query: askedFor(filters) } })),
      (map) => {
        this.#rows = map.places.map((place) => ({ ...place, at: [place.at[0] ?? 0, place.at[1] ?? 0] }));
        this.#elsewhere = map.elsewhere;
      },
    );
  }
}
