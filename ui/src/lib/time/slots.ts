// slots.ts — how long a meeting of a kind usually takes, and so when it ends.
import type { MeetingKind } from '$lib/api/types';

/** Minutes. */
export const usualLength: Record<MeetingKind, number> = {
  coffee: 60,
  lunch: 90,
  dinner: 150,
  walk: 90,
  conference: 60,
  gathering: 180,
  visit: 120,
};

export function slotFrom(kind: MeetingKind, start: string): { start: string; end: string } {
  return { start, end: new Date(Date.parse(start) + usualLength[kind] * 60_000).toISOString() };
}
