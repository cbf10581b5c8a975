// fair.svelte.ts — places that are fair to both: what is asked of them, and what was found.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { FairPlaceQuestion, FairPlaces, MeetingKind, TravelMode } from '$lib/api/types';

export const ways: TravelMode[] = ['transit', 'foot', 'bicycle', 'car'];
export const wants = ['quiet', 'step_free', 'outdoor'] as const;
export type Want = (typeof wants)[number];
export type FairPlace = FairPlaces['places'][number];

export class FairPlaceSearch {
  by = $state<TravelMode>('transit');
  wanted = $state<Record<Want, boolean>>({ quiet: false, step_free: false, outdoor: false });
  city = $state('');
  #found = $state.raw<FairPlaces | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #busy = $state(false);
  #round = 0;

  constructor(private readonly api: Api = realApi) {}

  get found(): FairPlaces | null {
    return this.#found;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Nothing was found although nothing particular was asked for: the server knows no places here. */
  get knowsNothing(): boolean {
    return this.#found?.places.length === 0 && !wants.some((want) => this.wanted[want]);
  }

  async look(person: string | null, kind: MeetingKind): Promise<void> {
    const round = ++this.#round;
    this.#busy = true;
    this.#problem = null;
    const body: FairPlaceQuestion = { kind, by: this.by, ...this.wanted, limit: 5 };
    if (person) body.person = person;
    if (this.city.trim()) body.city = this.city.trim();
    try {
      const found = await ask(this.api.POST('/fair-places', { body }));
      if (round === this.#round) this.#found = found;
    } catch (cause) {
      if (round !== this.#round) return;
      this.#found = null;
      this.#problem = asProblem(cause);
    } finally {
      if (round === this.#round) this.#busy = false;
    }
  }

  /** What was found was for somebody else, or for something else. */
  forget(): void {
    this.#round++;
    this.#found = this.#problem = null;
    this.#busy = false;
  }
}
