// today.svelte.ts — the first page: what the year brought, what is next, whom to see.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Meeting, PersonDetail, Reminder, StripMark, Suggestion, Today } from '$lib/api/types';
import { t } from '$lib/text';
import { clock } from '$lib/time/clock.svelte';
import { slotFrom } from '$lib/time/slots';
import { LinkRequests } from './link_requests.svelte';

export class TodayPage {
  #today = $state.raw<Today | null>(null);
  #companion = $state.raw<PersonDetail | null>(null);
  #problem = $state.raw<Problem | null>(null);

  readonly links: LinkRequests;

  constructor(private readonly api: Api = realApi) {
    this.links = new LinkRequests(api);
  }

  get today(): Today | null {
    return this.#today;
  }
  /** What is known of the person one meets next: the brief is made of it. */
  get companion(): PersonDetail | null {
    return this.#companion;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** Nobody is known yet, and nobody waits for an answer: the first steps are shown instead. */
  get isNew(): boolean {
    const today = this.#today;
    return today?.steps.people === 0 && today.to_answer.length + today.to_vote.length + today.to_confirm.length + this.links.items.length === 0;
  }
  /** What is next in an imported calendar, when no meeting of ours is. */
  get nextPlanned(): StripMark | null {
    if (!this.#today || this.#today.next_meeting) return null;
    const coming = this.#today.strip.filter((mark) => mark.planned && Date.parse(mark.start) > clock.now());
    return coming.toSorted((a, b) => a.start.localeCompare(b.start))[0] ?? null;
  }
  /** But for what the next meeting's brief says already. */
  get reminders(): Reminder[] {
    const [next, planned] = [this.#today?.next_meeting?.id, this.nextPlanned?.person?.id];
    const isShown = (one: Reminder) => one.kind === 'prepare' && ((next && one.meeting === next) || (planned && one.person?.id === planned));
    return this.#today?.reminders.filter((one) => !isShown(one)) ?? [];
  }
  get planned(): number {
    return this.#today?.strip.filter((mark) => mark.planned).length ?? 0;
  }

  async load(): Promise<void> {
    try {
      const [today] = await Promise.all([ask(this.api.GET('/today')), this.links.load()]);
      clock.set(today.now);
      this.#today = today;
      this.#problem = null;
      await this.#meet(today.next_meeting?.with.person?.id ?? this.nextPlanned?.person?.id);
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }

  async setGoal(target: number): Promise<void> {
    if (!this.#today) return;
    await ask(this.api.PUT('/goals/{year}', { params: { path: { year: this.#today.tally.year } }, body: { target } }));
    await this.load();
  }

  async confirm(meeting: Meeting, met: boolean): Promise<void> {
    await ask(this.api.POST('/meetings/{id}/outcome', { params: { path: { id: meeting.id } }, body: { met } }));
    await this.load();
  }

  async #meet(id: string | undefined): Promise<void> {
    if (!id) {
      this.#companion = null;
      return;
    }
    // Without the brief the meeting is still shown.
    this.#companion = await ask(this.api.GET('/people/{id}', { params: { path: { id } } })).catch(() => null);
  }
}

type ProposalState = 'open' | 'sending' | 'sent' | 'later' | 'never';

/** One suggestion: its reasons are shown, one tap proposes it, "not now" and then "never" are remembered. */
export class Proposal {
  #state = $state<ProposalState>('open');
  #meeting = $state.raw<Meeting | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(
    readonly suggestion: Suggestion,
    private readonly zone: string,
    private readonly home: string | null = null,
    private readonly api: Api = realApi,
  ) {}

  get state(): ProposalState {
    return this.#state;
  }
  get meeting(): Meeting | null {
    return this.#meeting;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** A time is known, so that one tap is enough. */
  get isReady(): boolean {
    return this.suggestion.suggested.start !== null;
  }

  /** The place that is proposed: the one suggested, or a public one of the other's choice. */
  get place(): string {
    const { person, suggested } = this.suggestion;
    return suggested.place ?? t.today.somewhere(suggested.kind, person.city || this.home);
  }

  /** Where the proposal can be worded otherwise. */
  get form(): string {
    const { person, suggested, draft } = this.suggestion;
    const query = new URLSearchParams({ person: person.id, kind: suggested.kind, message: draft });
    if (suggested.start) query.set('start', suggested.start);
    query.set('place', this.place);
    return `/meetings/new?${query}`;
  }

  async propose(): Promise<void> {
    const { person, suggested, draft } = this.suggestion;
    if (!suggested.start || this.#state === 'sending') return;
    await this.#try('sent', async () => {
      this.#meeting = await ask(
        this.api.POST('/meetings', {
          body: {
            person: person.id,
            kind: suggested.kind,
            slots: [slotFrom(suggested.kind, suggested.start!)],
            places: [{ name: this.place, public: true }],
            zone: this.zone,
            purpose: '',
            message: draft,
          },
        }),
      );
    });
  }

  later(): Promise<void> {
    return this.#dismiss('later', 'not_now');
  }
  never(): Promise<void> {
    return this.#dismiss('never', 'never');
  }

  async #dismiss(then: 'later' | 'never', until: 'not_now' | 'never'): Promise<void> {
    const path = { person: this.suggestion.person.id };
    await this.#try(then, () => ask(this.api.POST('/suggestions/{person}/dismiss', { params: { path }, body: { until } })));
  }

  async #try(then: 'sent' | 'later' | 'never', act: () => Promise<unknown>): Promise<void> {
    const before = this.#state;
    this.#state = 'sending';
    this.#problem = null;
    try {
      await act();
      this.#state = then;
    } catch (cause) {
      this.#problem = asProblem(cause);
      this.#state = before;
    }
  }
}
