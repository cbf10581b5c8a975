// calendar.svelte.ts — what is to come in the calendars one brought, beside the meetings made here.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Person, StripMark } from '$lib/api/types';
import { groupBy } from '$lib/group';
import { clock } from '$lib/time/clock.svelte';

export interface Entry {
  start: string;
  people: Person[];
}

const most = 5;

/** The next entries, everybody of one time together; `own`: when the meetings made here begin. */
export function entriesOf(strip: StripMark[], now: number, own: string[] = []): Entry[] {
  const known = new Set(own.map((start) => Date.parse(start)));
  const coming = strip.filter((mark) => mark.planned && mark.person && Date.parse(mark.start) > now && !known.has(Date.parse(mark.start)));
  return [...groupBy(coming, (mark) => mark.start)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .slice(0, most)
    .map(([start, marks]) => ({ start, people: marks.flatMap((mark) => mark.person ?? []) }));
}

export class CalendarEntries {
  #strip = $state.raw<StripMark[]>([]);

  constructor(private readonly api: Api = realApi) {}

  entries(own: string[]): Entry[] {
    return entriesOf(this.#strip, clock.now(), own);
  }

  /** Without them the meetings' room is whole: they stand in the calendar itself. */
  async load(): Promise<void> {
    const today = await ask(this.api.GET('/today')).catch(() => null);
    this.#strip = today?.strip ?? [];
  }
}
