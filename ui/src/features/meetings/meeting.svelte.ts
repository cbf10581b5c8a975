// meeting.svelte.ts — one meeting: the answer, a counter-proposal, the end of it, and whether it took place.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { Meeting } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { clock } from '$lib/time/clock.svelte';
import { awaitsMe, awaitsOutcome } from './meetings.svelte';
import type { Times } from './times.svelte';

/** What the owner says happened. */
export type What = NonNullable<Meeting['outcome']['what']>;

export class MeetingPage {
  #meeting = $state.raw<Meeting | null>(null);
  #sending = new Sending();
  #chosenSlot = $state<string | null>(null);
  #chosenPlace = $state<string | null>(null);

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get meeting(): Meeting | null {
    return this.#meeting;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }
  get awaitsMe(): boolean {
    return this.#meeting !== null && awaitsMe(this.#meeting);
  }
  get awaitsOutcome(): boolean {
    return this.#meeting !== null && awaitsOutcome(this.#meeting, clock.now());
  }
  /** Agreed, and its time has passed: whether they met is what is left to say. */
  get isPast(): boolean {
    const { state, agreed } = this.#meeting ?? {};
    return state === 'scheduled' && !!agreed && Date.parse(agreed.end) <= clock.now();
  }
  get isOpen(): boolean {
    return this.#meeting?.state === 'proposed' || (this.#meeting?.state === 'scheduled' && !this.isPast);
  }
  /** The time that will be accepted: the one chosen, or the first. */
  get slot(): string | null {
    return this.#chosenSlot ?? this.#meeting?.slots[0]?.id ?? null;
  }
  set slot(id: string | null) {
    this.#chosenSlot = id;
  }
  get place(): string | null {
    return this.#chosenPlace ?? this.#meeting?.places[0]?.id ?? null;
  }
  set place(id: string | null) {
    this.#chosenPlace = id;
  }
  get #at() {
    return { params: { path: { id: this.id } } };
  }

  load(): Promise<boolean> {
    return this.#try(() => ask(this.api.GET('/meetings/{id}', this.#at)));
  }

  accept(): Promise<boolean> {
    const chosen = { ...(this.slot ? { slot: this.slot } : {}), ...(this.place ? { place: this.place } : {}) };
    return this.#try(() => ask(this.api.POST('/meetings/{id}/answer', { ...this.#at, body: { answer: 'accept', ...chosen } })));
  }

  decline(): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/meetings/{id}/answer', { ...this.#at, body: { answer: 'decline' } })));
  }

  counter(times: Times, message: string): Promise<boolean> {
    const body = { answer: 'counter' as const, slots: times.slots, ...(message.trim() ? { message: message.trim() } : {}) };
    return this.#try(() => ask(this.api.POST('/meetings/{id}/answer', { ...this.#at, body })));
  }

  cancel(message: string): Promise<boolean> {
    const body = message.trim() ? { message: message.trim() } : {};
    return this.#try(() => ask(this.api.POST('/meetings/{id}/cancel', { ...this.#at, body })));
  }

  /** A new private link to pass on by hand; it is known only in the answer. */
  makeLink(): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/meetings/{id}/link', this.#at)));
  }

  report(what: What, more: { feel?: 'fine' | 'not_fine'; excuse?: string } = {}): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/meetings/{id}/outcome', { ...this.#at, body: { what, ...more } })));
  }

  /** The other did not come, and it is all right. */
  acceptExcuse(): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/meetings/{id}/excuse', this.#at)));
  }

  #try(act: () => Promise<Meeting>): Promise<boolean> {
    return this.#sending.send(async () => (this.#meeting = await act()));
  }
}
