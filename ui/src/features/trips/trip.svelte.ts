// trip.svelte.ts — one trip: the plan, the owner's hand on it, and the proposals that go out.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { MeetingPreview, Trip, TripPerson, TripSent } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { fromWall } from '$lib/time/wall';
import { daysOf, isFirst, isPlanned, landingOn, percentLeft, type Day, type Stop } from './days';

export class TripPage {
  #trip = $state.raw<Trip | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #days = $derived(this.#trip ? daysOf(this.#trip) : []);
  /** Who was moved last, for a word about it. */
  moved = $state.raw<TripPerson | null>(null);
  busy = $state(false);

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get trip(): Trip | null {
    return this.#trip;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get days(): Day[] {
    return this.#days;
  }
  get planned(): TripPerson[] {
    return (this.#trip?.people ?? []).filter(isPlanned);
  }
  get firsts(): number {
    return this.planned.filter(isFirst).length;
  }
  get leftOut(): TripPerson[] {
    return (this.#trip?.people ?? []).filter((one) => !isPlanned(one));
  }
  /** Planned and not asked yet: the next wave. */
  get toAsk(): TripPerson[] {
    return this.planned.filter((one) => one.state === 'planned');
  }
  get percentLeft(): number {
    return this.#trip ? percentLeft(this.#trip) : 0;
  }

  get #at() {
    return { params: { path: { id: this.id } } };
  }

  load(): Promise<boolean> {
    return this.#try(() => ask(this.api.GET('/trips/{id}', this.#at)));
  }
  again(): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/trips/{id}/plan', this.#at)));
  }
  pace(by: number): Promise<boolean> {
    const most_a_day = (this.#trip?.most_a_day ?? 4) + by;
    return this.#try(() => ask(this.api.PATCH('/trips/{id}', { ...this.#at, body: { most_a_day } })));
  }
  change(from: string, to: string, within_km: number): Promise<boolean> {
    const zone = this.#trip?.zone ?? 'UTC';
    const body = { start: fromWall(from, zone).toISOString(), end: fromWall(to, zone).toISOString(), within_km };
    return this.#try(() => ask(this.api.PATCH('/trips/{id}', { ...this.#at, body })));
  }
  async remove(): Promise<boolean> {
    return this.#try(async () => {
      await ask(this.api.DELETE('/trips/{id}', this.#at));
      return this.#trip!;
    });
  }

  move(person: string, body: { start?: string; wanted?: boolean; place?: string }): Promise<boolean> {
    this.moved = null;
    return this.#try(async () => {
      const trip = await ask(this.api.PUT('/trips/{id}/people/{person}', { params: { path: { id: this.id, person } }, body }));
      if (body.start) this.moved = trip.people.find((one) => one.person.id === person) ?? null;
      return trip;
    });
  }
  drop(person: string, day: Day, on: Stop | null): Promise<boolean> {
    const dragged = this.#trip?.people.find((one) => one.person.id === person);
    if (!this.#trip || !dragged || on?.one.person.id === person) return Promise.resolve(false);
    return this.move(person, { start: landingOn(this.#trip, day, dragged, on) });
  }

  share(handle: string): Promise<boolean> {
    return this.#share(() => ask(this.api.PUT('/trips/{id}/shares/{handle}', { params: { path: { id: this.id, handle } } })));
  }
  unshare(handle: string): Promise<boolean> {
    return this.#share(() => ask(this.api.DELETE('/trips/{id}/shares/{handle}', { params: { path: { id: this.id, handle } } })));
  }

  /** What a wave has brought. */
  take(trip: Trip): void {
    this.#trip = trip;
  }

  #share(act: () => Promise<unknown>): Promise<boolean> {
    return this.#try(async () => {
      await act();
      return ask(this.api.GET('/trips/{id}', this.#at));
    });
  }

  async #try(act: () => Promise<Trip>): Promise<boolean> {
    this.#problem = null;
    this.busy = true;
    try {
      this.#trip = await act();
      return true;
    } catch (cause) {
      this.#problem = asProblem(cause);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

interface Note {
  one: TripPerson;
  chosen: boolean;
  message: string;
  email: string;
}

/** The notes that go out together, seen before they go. */
export class Wave {
  notes = $state<Note[]>([]);
  readonly sending = new Sending();
  #told = $state.raw<TripSent | null>(null);
  #previews = $state.raw<Record<string, MeetingPreview>>({});

  constructor(
    private readonly id: string,
    people: TripPerson[],
    private readonly api: Api = realApi,
  ) {
    this.notes = people.map((one) => ({ one, chosen: true, message: one.message, email: one.email ?? '' }));
  }

  get chosen(): Note[] {
    return this.notes.filter((note) => note.chosen);
  }
  get told(): TripSent | null {
    return this.#told;
  }
  get previews(): Record<string, MeetingPreview> {
    return this.#previews;
  }
  nameOf(person: string): string {
    return this.notes.find((note) => note.one.person.id === person)?.one.person.name ?? '';
  }

  /** The letter as it will be read; without one the note can still be sent. */
  async see(note: Note): Promise<void> {
    const preview = await ask(this.api.POST('/trips/{id}/proposals/preview', { params: { path: { id: this.id } }, body: asked(note) })).catch(() => null);
    if (preview) this.#previews = { ...this.#previews, [note.one.person.id]: preview };
  }

  /** The trip as it is then. */
  async send(): Promise<Trip | null> {
    const asks = this.chosen.map(asked);
    if (asks.length === 0) return null;
    await this.sending.send(async () => {
      this.#told = await ask(this.api.POST('/trips/{id}/proposals', { params: { path: { id: this.id } }, body: { asks } }));
    });
    return this.#told?.trip ?? null;
  }
}

function asked(note: Note) {
  return { person: note.one.person.id, message: note.message.trim(), ...(note.one.person.account ? {} : { email: note.email.trim() }) };
}
