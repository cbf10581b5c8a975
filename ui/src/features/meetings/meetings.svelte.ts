// meetings.svelte.ts — all meetings, sorted by what they ask of the owner.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Meeting } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';

/** Whether the next word is the owner's. */
export function awaitsMe(meeting: Meeting): boolean {
  return meeting.state === 'proposed' && meeting.awaits === 'you';
}

/** Whether the owner may say if it took place. */
export function awaitsOutcome(meeting: Meeting, now: number): boolean {
  return (
    (meeting.state === 'scheduled' || meeting.state === 'met') &&
    meeting.agreed !== null &&
    Date.parse(meeting.agreed.end) <= now &&
    meeting.outcome.mine === null
  );
}

export interface Sorted {
  toAnswer: Meeting[];
  toConfirm: Meeting[];
  planned: Meeting[];
  waiting: Meeting[];
  past: Meeting[];
}

export function sortMeetings(all: Meeting[], now: number): Sorted {
  const sorted: Sorted = { toAnswer: [], toConfirm: [], planned: [], waiting: [], past: [] };
  for (const meeting of all) {
    if (awaitsMe(meeting)) sorted.toAnswer.push(meeting);
    else if (awaitsOutcome(meeting, now)) sorted.toConfirm.push(meeting);
    else if (meeting.state === 'proposed') sorted.waiting.push(meeting);
    else if (meeting.state === 'scheduled' && meeting.agreed && Date.parse(meeting.agreed.end) > now) sorted.planned.push(meeting);
    else sorted.past.push(meeting);
  }
  const start = (meeting: Meeting) => meeting.agreed?.start ?? meeting.slots[0]?.start ?? '';
  sorted.planned.sort((a, b) => start(a).localeCompare(start(b)));
  sorted.past.sort((a, b) => start(b).localeCompare(start(a)));
  return sorted;
}

export class MeetingList {
  #meetings = $state.raw<Meeting[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #sorted = $derived(sortMeetings(this.#meetings ?? [], clock.now()));

  constructor(private readonly api: Api = realApi) {}

  get isLoaded(): boolean {
    return this.#meetings !== null;
  }
  /** Nothing is open: what there is is past. */
  get isQuiet(): boolean {
    const { toAnswer, toConfirm, planned, waiting } = this.#sorted;
    return this.isLoaded && toAnswer.length + toConfirm.length + planned.length + waiting.length === 0;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get sorted(): Sorted {
    return this.#sorted;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  load(): Promise<void> {
    return this.#fetch(null);
  }

  async more(): Promise<void> {
    if (this.#next) await this.#fetch(this.#next);
  }

  async confirm(meeting: Meeting, met: boolean): Promise<void> {
    await this.#try(async () => {
      const now = await ask(this.api.POST('/meetings/{id}/outcome', { params: { path: { id: meeting.id } }, body: { met } }));
      this.#meetings = (this.#meetings ?? []).map((each) => (each.id === now.id ? now : each));
    });
  }

  async #fetch(after: string | null): Promise<void> {
    await this.#try(async () => {
      const answer = await ask(this.api.GET('/meetings', { params: { query: after ? { after } : {} } }));
      this.#meetings = after ? [...(this.#meetings ?? []), ...answer.items] : answer.items;
      this.#next = answer.next;
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
