// lookouts.svelte.ts — tell a friend: who looks out for the owner, "home safe?", and the form of a new one.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { Lookout, Meeting } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { clock } from '$lib/time/clock.svelte';

/** How much longer one tap gives. */
const longerBy = 30 * 60_000;

export const isOpen = (lookout: Lookout) => lookout.state !== 'safe' && lookout.state !== 'called_off';
export const asks = (lookout: Lookout) => lookout.state === 'asking' || lookout.state === 'raised';

export class Lookouts {
  #all = $state.raw<Lookout[]>([]);
  #sending = new Sending();
  #link = $state<string | null>(null);
  #answered = $state<string[]>([]);

  constructor(private readonly api: Api = realApi) {}

  get problem(): Problem | null {
    return this.#sending.problem;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  /** The link that was made last, on this page: the server does not know it any more. */
  get link(): string | null {
    return this.#link;
  }
  /** Those whose time is over and that wait for the owner's word; one just answered stays to say so. */
  get asking(): Lookout[] {
    return this.#all.filter((each) => asks(each) || this.#answered.includes(each.id));
  }
  of(meeting: string): Lookout | null {
    return this.#all.find((each) => each.meeting === meeting) ?? null;
  }

  load(): Promise<boolean> {
    return this.#sending.send(async () => {
      this.#all = (await ask(this.api.GET('/lookouts'))).items;
    });
  }

  tell(form: LookoutForm): Promise<boolean> {
    return this.#sending.send(async () => this.#take(await ask(this.api.POST('/lookouts', { body: form.body }))));
  }

  home(lookout: Lookout): Promise<boolean> {
    return this.#sending.send(async () => {
      const done = await ask(this.api.POST('/lookouts/{id}/home', this.#at(lookout)));
      this.#answered = [...this.#answered, done.id];
      this.#take(done);
    });
  }

  longer(lookout: Lookout): Promise<boolean> {
    const until = new Date(Math.max(clock.now(), Date.parse(lookout.until)) + longerBy).toISOString();
    return this.#sending.send(async () => this.#take(await ask(this.api.POST('/lookouts/{id}/longer', { ...this.#at(lookout), body: { until } }))));
  }

  makeLink(lookout: Lookout): Promise<boolean> {
    return this.#sending.send(async () => this.#take(await ask(this.api.POST('/lookouts/{id}/link', this.#at(lookout)))));
  }

  end(lookout: Lookout): Promise<boolean> {
    return this.#sending.send(async () => {
      await ask(this.api.DELETE('/lookouts/{id}', this.#at(lookout)));
      this.#all = this.#all.filter((each) => each.id !== lookout.id);
      this.#link = null;
    });
  }

  #at(lookout: Lookout) {
    return { params: { path: { id: lookout.id } } };
  }
  #take(lookout: Lookout): void {
    this.#all = [...this.#all.filter((each) => each.meeting !== lookout.meeting), lookout];
    if (lookout.link) this.#link = lookout.link;
  }
}

/** What a friend is to know; filled up from the meeting, and the owner's to change. */
export class LookoutForm {
  company = $state('');
  place = $state('');
  friend = $state('');
  email = $state('');
  after = $state(60);
  grace = $state(60);

  constructor(private readonly meeting: Meeting) {
    const place = meeting.agreed?.place;
    this.company = meeting.with.person?.name ?? meeting.with.name;
    this.place = [place?.name, place?.address].filter(Boolean).join(', ');
  }

  get until(): string {
    const end = Date.parse(this.meeting.agreed?.end ?? '');
    return new Date(end + this.after * 60_000).toISOString();
  }
  get alarm(): string {
    return new Date(Date.parse(this.until) + this.grace * 60_000).toISOString();
  }
  get body() {
    const friend = { ...(this.friend.trim() ? { name: this.friend.trim() } : {}), ...(this.email.trim() ? { email: this.email.trim() } : {}) };
    return { meeting: this.meeting.id, company: this.company, place: this.place, until: this.until, grace_minutes: this.grace, friend };
  }
}
