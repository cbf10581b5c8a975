// free.svelte.ts — good times for a meeting: common free time of oneself and of the other, as far as they share it.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { FreeTime, MeetingKind } from '$lib/api/types';

export type FreeSlot = FreeTime['slots'][number];

export class FreeTimes {
  #found = $state.raw<FreeTime | null>(null);
  #round = 0;
  #asked = '';

  constructor(private readonly api: Api = realApi) {}

  get slots(): FreeSlot[] {
    return this.#found?.slots ?? [];
  }
  /** The other, when they share. */
  get other(): FreeTime['with'][number] | null {
    return this.#found?.with.find((each) => each.shares) ?? null;
  }
  suitsBoth(slot: FreeSlot): boolean {
    return slot.can.length > 0;
  }

  /** Without an answer the times are typed by hand, as ever. */
  async look(person: string | null, kind: MeetingKind, minutes: number): Promise<void> {
    const query = { kind, minutes, limit: 6, ...(person ? { person } : {}) };
    const asked = JSON.stringify(query);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const round = ++this.#round;
    const found = await ask(this.api.GET('/free-time', { params: { query } })).catch(() => null);
    if (round === this.#round) this.#found = found;
  }
}
