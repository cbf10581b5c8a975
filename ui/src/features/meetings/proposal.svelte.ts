// proposal.svelte.ts — the form of a proposal: kept as it is typed, shown as the other side will see it, sent on one tap.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Meeting, MeetingDraft, MeetingKind, MeetingPreview, PersonRow } from '$lib/api/types';
import { dropDraft, keepDraft, readDraft } from '$lib/drafts';
import { Sending } from '$lib/sending.svelte';
import { Times } from './times.svelte';

export interface PlaceField {
  name: string;
  address: string;
  public: boolean;
  /** Only of a place that was found, not typed. */
  at?: [number, number] | undefined;
}
export const mostPlaces = 3;

interface Kept {
  kind: MeetingKind;
  walls: string[];
  minutes: number;
  places: PlaceField[];
  purpose: string;
  message: string;
  email: string;
}

/** What the address says: who, and what a suggestion has already filled in. */
export interface Wish {
  person: string | null;
  kind: MeetingKind | null;
  start: string | null;
  place: string | null;
  message: string | null;
}

export const meetingKinds: MeetingKind[] = ['coffee', 'lunch', 'dinner', 'walk', 'conference', 'gathering', 'visit'];

export function readWish(query: URLSearchParams): Wish {
  const kind = query.get('kind') as MeetingKind | null;
  return {
    person: query.get('person'),
    kind: kind && meetingKinds.includes(kind) ? kind : null,
    start: query.get('start'),
    place: query.get('place'),
    message: query.get('message'),
  };
}

export class ProposalForm {
  kind = $state<MeetingKind>('coffee');
  places = $state<PlaceField[]>([{ name: '', address: '', public: true }]);
  purpose = $state('');
  message = $state('');
  email = $state('');
  readonly times: Times;
  readonly sending = new Sending();
  #person = $state.raw<PersonRow | null>(null);
  #preview = $state.raw<MeetingPreview | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(
    private readonly zone: string,
    private readonly api: Api = realApi,
    private readonly pause = 400,
  ) {
    this.times = new Times(zone);
  }

  get person(): PersonRow | null {
    return this.#person;
  }
  get preview(): MeetingPreview | null {
    return this.#preview;
  }
  get isReady(): boolean {
    return this.#person !== null && this.times.slots.length > 0 && this.places.some((place) => place.name.trim() !== '');
  }

  /** Fills the form from the address, then from what was typed before about the same person. */
  async open(wish: Wish): Promise<void> {
    if (wish.person) {
      const { person } = wish;
      await this.#quietly(async () => {
        const found = await ask(this.api.GET('/people/{id}', { params: { path: { id: person } } }));
        this.#person = found;
        this.email = found.identities.flatMap((identity) => identity.emails)[0] ?? '';
      });
    }
    const kept = readDraft<Kept>(this.#key);
    if (kept && !wish.start) this.#restore(kept);
    else {
      if (wish.kind) this.kind = wish.kind;
      if (wish.start) this.times.put(wish.start);
      if (wish.place) this.places = [{ name: wish.place, address: '', public: true }];
      if (wish.message) this.message = wish.message;
      this.times.suit(this.kind);
    }
    this.changed();
  }

  async choose(person: PersonRow | null): Promise<void> {
    this.#person = person;
    this.email = '';
    if (person)
      await this.#quietly(async () => {
        const found = await ask(this.api.GET('/people/{id}', { params: { path: { id: person.id } } }));
        if (this.#person?.id === person.id) this.email = found.identities.flatMap((identity) => identity.emails)[0] ?? '';
      });
    this.changed();
  }

  be(kind: MeetingKind): void {
    this.kind = kind;
    this.times.suit(kind);
    this.changed();
  }

  addPlace(): void {
    if (this.places.length < mostPlaces) this.places.push({ name: '', address: '', public: true });
  }
  /** One that was found: in the first field that is empty, else as a further one. */
  takePlace(place: PlaceField): void {
    const empty = this.places.findIndex((each) => each.name.trim() === '');
    if (empty >= 0) this.places[empty] = place;
    else if (this.places.length < mostPlaces) this.places.push(place);
    this.changed();
  }
  hasPlace(name: string): boolean {
    return this.places.some((each) => each.name === name);
  }
  dropPlace(at: number): void {
    this.places.splice(at, 1);
    this.changed();
  }

  /** Keeps what is typed, and soon asks what the other side would see. */
  changed(): void {
    const { kind, places, purpose, message, email } = this;
    if (this.#person) keepDraft(this.#key, { kind, walls: this.times.walls, minutes: this.times.minutes, places, purpose, message, email } satisfies Kept);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), this.pause);
  }

  discard(): void {
    dropDraft(this.#key);
    this.times.walls = [];
    this.places = [{ name: '', address: '', public: true }];
    this.purpose = this.message = '';
    this.times.suit(this.kind);
    this.changed();
  }

  async send(): Promise<Meeting | null> {
    const body = this.#draft();
    if (!body) return null;
    clearTimeout(this.#timer);
    let meeting: Meeting | null = null;
    await this.sending.send(async () => {
      meeting = await ask(this.api.POST('/meetings', { body }));
      dropDraft(this.#key);
    });
    return meeting;
  }

  get #key(): string {
    return `proposal.${this.#person?.id ?? 'nobody'}`;
  }

  #draft(): MeetingDraft | null {
    if (!this.#person || !this.isReady) return null;
    const places = this.places
      .filter((place) => place.name.trim() !== '')
      .map((place) => ({ name: place.name.trim(), ...(place.address.trim() ? { address: place.address.trim() } : {}), public: place.public, ...(place.at ? { at: place.at } : {}) }));
    const email = this.email.trim();
    return {
      person: this.#person.id,
      kind: this.kind,
      slots: this.times.slots,
      places,
      zone: this.zone,
      purpose: this.purpose.trim(),
      message: this.message.trim(),
      ...(email && !this.#person.account ? { email } : {}),
    };
  }

  async #look(): Promise<void> {
    const body = this.#draft();
    const round = ++this.#round;
    if (!body) {
      this.#preview = null;
      return;
    }
    // Without a preview the form still works; sending says what is wrong.
    const preview = await ask(this.api.POST('/meetings/preview', { body })).catch(() => null);
    if (round === this.#round) this.#preview = preview;
  }

  #restore(kept: Kept): void {
    this.kind = kept.kind;
    this.times.minutes = kept.minutes;
    this.times.walls = kept.walls;
    this.places = kept.places;
    this.purpose = kept.purpose;
    this.message = kept.message;
    this.email = kept.email;
  }

  async #quietly(act: () => Promise<void>): Promise<void> {
    await act().catch(() => {}); // an unknown person leaves the field empty, to be chosen by hand
  }
}
