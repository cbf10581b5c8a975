// fair.svelte.ts — places that are fair to both: what is asked of them, and what was found.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { FairPlaceQuestion, FairPlaces, MeetingKind, TravelMode } from '$lib/api/types';
import { Latest } from '$lib/sending.svelte';

export const ways: TravelMode[] = ['transit', 'foot', 'bicycle', 'car'];
export const wants = ['quiet', 'step_free', 'outdoor'] as const;
export type Want = (typeof wants)[number];
export type FairPlace = FairPlaces['places'][number];

export class FairPlaceSearch {
  /** Nothing until it is chosen: then the server says how people go as far as it knows. */
  by = $state<TravelMode | null>(null);
  wanted = $state<Record<Want, boolean>>({ quiet: false, step_free: false, outdoor: false });
  city = $state('');
  #found = $state.raw<FairPlaces | null>(null);
  #search = new Latest();

  constructor(private readonly api: Api = realApi) {}

  get found(): FairPlaces | null {
    return this.#found;
  }
  get problem(): Problem | null {
    return this.#search.problem;
  }
  get busy(): boolean {
    return this.#search.busy;
  }
  get way(): TravelMode {
    return this.by ?? this.#found?.by ?? 'transit';
  }
  /** Nothing was found although nothing particular was asked for: the server knows no places here. */
  get knowsNothing(): boolean {
    return this.#found?.places.length === 0 && !wants.some((want) => this.wanted[want]);
  }

  async look(person: string | null, kind: MeetingKind): Promise<void> {
    const body: FairPlaceQuestion = { kind, ...this.wanted, limit: 5 };
    if (this.by) body.by = this.by;
    if (person) body.person = person;
    if (this.city.trim()) body.city = this.city.trim();
    await this.#search.ask(() => ask(this.api.POST('/fair-places', { body })), (found) => (this.#found = found));
    if (this.#search.problem) this.#found = null;
  }

  /** What was found was for somebody else, or for something else. */
  forget(): void {
    this.#search.forget();
    this.#found = null;
  }
}
