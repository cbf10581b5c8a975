// trips.svelte.ts — all trips, and the form of a new one.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { City, TripRow } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { clock } from '$lib/time/clock.svelte';
import { fromWall, isWall } from '$lib/time/wall';

export class TripList {
  #trips = $state.raw<TripRow[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(private readonly api: Api = realApi) {}

  get isLoaded(): boolean {
    return this.#trips !== null;
  }
  get coming(): TripRow[] {
    return (this.#trips ?? []).filter((trip) => Date.parse(trip.end) > clock.now());
  }
  get past(): TripRow[] {
    return (this.#trips ?? []).filter((trip) => Date.parse(trip.end) <= clock.now());
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#trips = (await ask(this.api.GET('/trips'))).items;
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}

export class TripForm {
  city = $state.raw<City | null>(null);
  from = $state('');
  to = $state('');
  stay = $state('');
  most = $state(4);
  readonly sending = new Sending();

  constructor(
    private readonly ownZone: string,
    private readonly api: Api = realApi,
  ) {}

  get zone(): string {
    return this.city?.zone ?? this.ownZone;
  }
  get isReady(): boolean {
    return this.city !== null && isWall(this.from) && isWall(this.to);
  }

  /** The new trip's id. */
  async plan(): Promise<string | null> {
    const { city } = this;
    if (!city || !this.isReady) return null;
    let id: string | null = null;
    await this.sending.send(async () => {
      const body = {
        city: city.name,
        at: city.at,
        start: fromWall(this.from, city.zone).toISOString(),
        end: fromWall(this.to, city.zone).toISOString(),
        most_a_day: this.most,
        stay: this.stay.trim(),
      };
      id = (await ask(this.api.POST('/trips', { body }))).id;
    });
    return id;
  }
}
