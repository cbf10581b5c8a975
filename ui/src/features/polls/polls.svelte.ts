// polls.svelte.ts — polls: the caller's and those that ask the caller, one poll, and the form of a new one.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { MeetingKind, PersonRow, Poll, PollVoter, PollWish } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { Times } from '../meetings/times.svelte';

export const wishes: PollWish[] = ['yes', 'if_need_be', 'no'];
export const mostVoters = 49;

/** A poll's times as the organiser reads them: best first. */
export function ranked(poll: Poll): Poll['times'] {
  return [...poll.times].sort((a, b) => (a.standing?.rank ?? 0) - (b.standing?.rank ?? 0));
}

export function wishOf(voter: PollVoter, time: string): PollWish | null {
  const wish = voter.answers?.[time];
  return wish && wish !== 'none' ? wish : null;
}

export class PollList {
  #asked = $state.raw<Poll[]>([]);
  #mine = $state.raw<Poll[]>([]);

  constructor(private readonly api: Api = realApi) {}

  get asked(): Poll[] {
    return this.#asked;
  }
  /** Those still open: what came of the others stands among the meetings. */
  get open(): Poll[] {
    return this.#mine.filter((poll) => poll.state === 'open');
  }

  /** Without polls the meetings' room is whole: that they can't be fetched is said by the meetings. */
  async load(): Promise<void> {
    const found = await ask(this.api.GET('/polls')).catch(() => null);
    if (!found) return;
    this.#asked = found.asked;
    this.#mine = found.mine;
  }
}

export class PollPage {
  /** What the caller says to each time, before it is sent. */
  said = $state<Record<string, PollWish>>({});
  #poll = $state.raw<Poll | null>(null);
  #sending = new Sending();
  #sent = $state(false);

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get poll(): Poll | null {
    return this.#poll;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }
  /** The answer went out just now. */
  get sent(): boolean {
    return this.#sent;
  }
  get me(): PollVoter | null {
    return this.#poll?.voters.find((voter) => voter.you) ?? null;
  }
  get answered(): number {
    return (this.#poll?.voters ?? []).filter((voter) => voter.answers !== null).length;
  }
  get #at() {
    return { params: { path: { id: this.id } } };
  }

  load(): Promise<boolean> {
    return this.#try(() => ask(this.api.GET('/polls/{id}', this.#at)));
  }

  async vote(): Promise<void> {
    const answers = { ...this.said };
    this.#sent = await this.#try(() => ask(this.api.PUT('/polls/{id}/answers', { ...this.#at, body: { answers } })));
  }

  pick(time: string): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/polls/{id}/pick', { ...this.#at, body: { time } })));
  }

  giveUp(): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/polls/{id}/close', this.#at)));
  }

  /** A new private link to pass on by hand; it is known only in the answer. */
  makeLink(voter: string): Promise<boolean> {
    return this.#try(() => ask(this.api.POST('/polls/{id}/voters/{voter}/link', { params: { path: { id: this.id, voter } } })));
  }

  #try(act: () => Promise<Poll>): Promise<boolean> {
    return this.#sending.send(async () => this.#take(await act()));
  }
  /** Links are told once: those of this visit are kept. */
  #take(poll: Poll): void {
    const links = new Map(this.#poll?.voters.map((voter) => [voter.id, voter.link]));
    this.#poll = { ...poll, voters: poll.voters.map((voter) => ({ ...voter, link: voter.link ?? links.get(voter.id) ?? null })) };
    const mine = this.me;
    if (mine) for (const time of poll.times) {
      const wish = wishOf(mine, time.id);
      if (wish) this.said[time.id] = wish;
    }
  }
}

export interface Invitee {
  person: PersonRow;
  email: string;
  mustCome: boolean;
}

export class PollForm {
  kind = $state<MeetingKind>('lunch');
  place = $state('');
  address = $state('');
  public = $state(true);
  message = $state('');
  invitees = $state<Invitee[]>([]);
  readonly times: Times;
  readonly sending = new Sending();

  constructor(
    private readonly zone: string,
    private readonly api: Api = realApi,
  ) {
    this.times = new Times(zone);
    this.times.suit(this.kind);
    this.times.add(this.kind);
  }

  get isReady(): boolean {
    return this.invitees.length > 0 && this.times.slots.length > 0 && this.place.trim() !== '';
  }

  be(kind: MeetingKind): void {
    this.kind = kind;
    this.times.suit(kind);
  }

  /** Somebody more is asked; twice is once. */
  async invite(person: PersonRow): Promise<void> {
    if (this.invitees.length >= mostVoters || this.invitees.some((one) => one.person.id === person.id)) return;
    this.invitees.push({ person, email: '', mustCome: false });
    if (person.account) return;
    const found = await ask(this.api.GET('/people/{id}', { params: { path: { id: person.id } } })).catch(() => null);
    const email = found?.identities.flatMap((identity) => identity.emails)[0];
    const one = this.invitees.find((each) => each.person.id === person.id);
    if (one && email && one.email === '') one.email = email;
  }

  drop(person: string): void {
    this.invitees = this.invitees.filter((one) => one.person.id !== person);
  }

  async send(): Promise<Poll | null> {
    if (!this.isReady) return null;
    let poll: Poll | null = null;
    await this.sending.send(async () => {
      const address = this.address.trim();
      const body = {
        kind: this.kind,
        zone: this.zone,
        message: this.message.trim(),
        slots: this.times.slots,
        places: [{ name: this.place.trim(), ...(address ? { address } : {}), public: this.public }],
        invitees: this.invitees.map((one) => ({
          person: one.person.id,
          must_come: one.mustCome,
          ...(one.email.trim() && !one.person.account ? { email: one.email.trim() } : {}),
        })),
      };
      poll = await ask(this.api.POST('/polls', { body }));
    });
    return poll;
  }
}
