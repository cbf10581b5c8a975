// when.ts — a meeting's time in words: in its own zone, and in the reader's when that differs.
import { t } from '$lib/text';
import { Dates } from '$lib/time/format';

export interface When {
  day: string;
  span: string;
  /** The reader's own time, when the meeting is in another zone. */
  own: string | null;
}

export function whenOf(slot: { start: string; end: string }, zone: string, mine: Dates): When {
  const there = zone === mine.zone ? mine : mine.in(zone);
  const differs = there.time(slot.start) !== mine.time(slot.start) || there.day(slot.start) !== mine.day(slot.start);
  return {
    day: there.day(slot.start),
    span: `${there.time(slot.start)} ${t.meetings.until(there.time(slot.end))}`,
    own: differs ? t.meetings.ownZone(mine.dayTime(slot.start)) : null,
  };
}
