// person.svelte.ts — one person: everything known, and what the owner may say and do about it.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import { sendPhoto as realSendPhoto, type SendPhoto } from '$lib/api/photo';
import type { EncounterKind, Link, PersonDetail, Relation } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { t } from '$lib/text';
import { undo as realUndo, type Undo } from '$lib/undo.svelte';

export interface PersonChange {
  /** "suggested": what the archives say. */
  relation?: Relation | 'suggested';
  organisation?: string | null;
  title?: string | null;
  birthday?: { year: number | null; month: number; day: number } | Record<string, never>;
  tags?: string[];
  lists?: string[];
  note?: string | null;
  next_step?: string | null;
  name?: string;
  city?: string | null;
}

export class PersonPage {
  #person = $state.raw<PersonDetail | null>(null);
  #links = $state.raw<Link[]>([]);
  #asked = $state(false);
  #sending = new Sending();

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
    private readonly undo: Undo = realUndo,
    private readonly sendPhoto: SendPhoto = realSendPhoto,
  ) {}

  get person(): PersonDetail | null {
    return this.#person;
  }
  /** Offers that this person is an account here. */
  get links(): Link[] {
    return this.#links.filter((link) => link.direction === 'offered' && link.person?.id === this.id);
  }
  /** The other side has been asked whether it is this person. */
  get asked(): boolean {
    return this.#asked;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }
  get #at() {
    return { params: { path: { id: this.id } } };
  }

  async load(): Promise<void> {
    await this.#sending.send(async () => {
      this.#person = await ask(this.api.GET('/people/{id}', this.#at));
    });
    // The offer is an extra: without it the page is complete.
    this.#links = await ask(this.api.GET('/links')).then((answer) => answer.items, () => []);
  }

  change(change: PersonChange): Promise<boolean> {
    return this.#sending.send(async () => {
      this.#person = await ask(this.api.PATCH('/people/{id}', { ...this.#at, body: change }));
      this.#offer(t.undo.edited, this.#person.act);
    });
  }

  /** Sets their photo; null takes the one set by hand away. */
  setPhoto(file: Blob | null): Promise<boolean> {
    return this.#sending.send(async () => {
      this.#person = file ? await this.sendPhoto(this.id, file) : await ask(this.api.DELETE('/people/{id}/photo', this.#at));
      this.#offer(t.undo.edited, this.#person.act);
    });
  }

  /** How often to be in touch; null: nothing in particular. */
  setCadence(days: number | null): Promise<boolean> {
    return this.#sending.send(async () => {
      const cadence = await ask(this.api.PUT('/people/{id}/cadence', { ...this.#at, body: { days } }));
      if (this.#person) this.#person = { ...this.#person, cadence };
    });
  }

  /** The id of the one person that two became, or null. */
  async merge(other: string): Promise<string | null> {
    let id: string | null = null;
    await this.#sending.send(async () => {
      const one = await ask(this.api.POST('/people/merge', { body: { ids: [this.id, other] } }));
      id = one.id;
      this.#offer(t.undo.merged, one.act);
    });
    return id;
  }

  split(identities: string[]): Promise<boolean> {
    return this.#then(async () => {
      const two = await ask(this.api.POST('/people/{id}/split', { ...this.#at, body: { identities } }));
      this.#offer(t.undo.split, two.act);
    });
  }

  block(blocked: boolean): Promise<boolean> {
    return this.#then(async () => {
      const done = await ask(blocked ? this.api.PUT('/people/{id}/block', this.#at) : this.api.DELETE('/people/{id}/block', this.#at));
      this.#offer(blocked ? t.undo.blocked : t.undo.unblocked, done.act);
    });
  }

  claim(kind: EncounterKind, start: string, place: string): Promise<boolean> {
    return this.#then(async () => {
      const made = await ask(this.api.POST('/encounters', { body: { person: this.id, kind, start, ...(place ? { place } : {}) } }));
      this.#offer(t.undo.claimed, made.act);
    });
  }

  deny(encounter: string): Promise<boolean> {
    return this.#then(async () => {
      const done = await ask(this.api.POST('/encounters/{id}/deny', { params: { path: { id: encounter } } }));
      this.#offer(t.undo.denied, done.act);
    });
  }

  async offerLink(account: string): Promise<void> {
    this.#asked = await this.#sending.send(() => ask(this.api.POST('/links', { body: { person: this.id, account } })));
  }

  #offer(text: string, act: string | null): void {
    this.undo.offer(text, act, () => this.load());
  }

  /** Does it and reads the person again. */
  async #then(act: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#sending.send(act);
    if (done) await this.load();
    return done;
  }
}
