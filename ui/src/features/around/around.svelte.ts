// around.svelte.ts — "I'm here" and "free to meet": one's own, what others show, and what is said.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { City, FreeToMeet, Here, MeetingKind } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { clock } from '$lib/time/clock.svelte';
import { fromWall, isWall, toWall } from '$lib/time/wall';
import { CirclesChoice } from './circles.svelte';

export type Note = Here['notes'][number];

export class Around {
  #here = $state.raw<Here | null>(null);
  #free = $state.raw<FreeToMeet | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(private readonly api: Api = realApi) {}

  get here(): Here | null {
    return this.#here;
  }
  get free(): FreeToMeet | null {
    return this.#free;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** What is worth a line on the first page. */
  get notes(): Note[] {
    return this.#here?.notes ?? [];
  }
  get overlaps(): FreeToMeet['mine'][number]['overlaps'] {
    return this.#free?.mine.flatMap((window) => window.overlaps) ?? [];
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      [this.#here, this.#free] = await Promise.all([ask(this.api.GET('/check-ins')), ask(this.api.GET('/free-to-meet'))]);
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
  show(here: Here): void {
    this.#here = here;
  }
  showFree(free: FreeToMeet): void {
    this.#free = free;
  }

  leave(): Promise<void> {
    return this.#try(async () => {
      await ask(this.api.DELETE('/check-ins/mine'));
      this.#here = await ask(this.api.GET('/check-ins'));
    });
  }
  seen(note: Note): Promise<void> {
    return this.#try(async () => {
      await ask(this.api.POST('/nearby/{handle}/seen', { params: { path: { handle: note.who.handle } } }));
      if (this.#here) this.#here = { ...this.#here, notes: this.#here.notes.filter((each) => each !== note) };
    });
  }
  takeBack(id: string): Promise<void> {
    return this.#try(async () => {
      await ask(this.api.DELETE('/free-to-meet/{id}', { params: { path: { id } } }));
      this.#free = await ask(this.api.GET('/free-to-meet'));
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.#problem = null;
    try {
      await act();
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}

/** Where one is: what the browser says, else a city. */
export class WhereChoice {
  at = $state.raw<[number, number] | null>(null);
  /** The browser was asked and said nothing. */
  isUnknown = $state(false);

  async find(where: () => Promise<[number, number] | null>): Promise<void> {
    if (this.at) return;
    this.at = await where();
    this.isUnknown = this.at === null;
  }
  choose(city: City | null): void {
    this.at = city ? [city.at[0]!, city.at[1]!] : null;
  }
}

export class HereForm {
  minutes = $state(60);
  isExact = $state(false);
  place = $state('');
  readonly where = new WhereChoice();
  readonly circles: CirclesChoice;
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {
    this.circles = new CirclesChoice('around.here', api);
  }

  async say(where: () => Promise<[number, number] | null>): Promise<Here | null> {
    await this.where.find(where);
    const { at } = this.where;
    if (!at) return null;
    let here: Here | null = null;
    await this.sending.send(async () => {
      const body = { at, exact: this.isExact, minutes: this.minutes, circles: this.circles.body, ...(this.isExact ? { place: this.place.trim() } : {}) };
      here = await ask(this.api.PUT('/check-ins/mine', { body }));
    });
    return here;
  }
}

export class FreeForm {
  from = $state('');
  to = $state('');
  kind = $state<MeetingKind | ''>('');
  radius = $state(3);
  readonly where = new WhereChoice();
  readonly circles: CirclesChoice;
  readonly sending = new Sending();

  constructor(
    private readonly zone: string,
    private readonly api: Api = realApi,
  ) {
    this.circles = new CirclesChoice('around.free', api);
  }

  /** Tomorrow from five to eight, until something else is said. */
  begin(home: [number, number] | null): void {
    const day = toWall(new Date(clock.now() + 86_400_000), this.zone).slice(0, 10);
    this.from = `${day}T17:00`;
    this.to = `${day}T20:00`;
    this.where.at = home;
  }

  async be(where: () => Promise<[number, number] | null>): Promise<FreeToMeet | null> {
    if (!isWall(this.from) || !isWall(this.to)) return null;
    await this.where.find(where);
    const { at } = this.where;
    if (!at) return null;
    let free: FreeToMeet | null = null;
    await this.sending.send(async () => {
      const body = {
        start: fromWall(this.from, this.zone).toISOString(),
        end: fromWall(this.to, this.zone).toISOString(),
        at,
        radius_km: this.radius,
        circles: this.circles.body,
        ...(this.kind ? { kind: this.kind } : {}),
      };
      free = await ask(this.api.POST('/free-to-meet', { body }));
    });
    return free;
  }
}

/** With whom it is told who is near. */
export class NearbyForm {
  isOn = $state(false);
  isSaved = $state(false);
  #isLoaded = $state(false);
  readonly circles: CirclesChoice;
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {
    this.circles = new CirclesChoice(null, api);
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }
  async load(): Promise<void> {
    await this.circles.load();
    const { circles } = await ask(this.api.GET('/nearby'));
    this.isOn = circles !== null;
    if (circles) await this.circles.show(circles);
    this.#isLoaded = true;
  }
  save(): Promise<boolean> {
    this.isSaved = false;
    return this.sending.send(async () => {
      await ask(this.api.PUT('/nearby', { body: { circles: this.isOn ? this.circles.body : null } }));
      this.isSaved = true;
    });
  }
}
