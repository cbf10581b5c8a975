// wall.ts — between an instant and what a clock on a wall in some zone shows, as <input type="datetime-local"> speaks it.
import { fromDate, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';

/** "2026-11-24T10:00" on the wall in `zone` as an instant; an hour that a clock change skips moves on by that hour. */
export function fromWall(wall: string, zone: string): Date {
  return toZoned(parseDateTime(wall), zone, 'compatible').toDate();
}

/** What the wall shows then, to the minute. */
export function toWall(at: Date, zone: string): string {
  return toCalendarDateTime(fromDate(at, zone)).toString().slice(0, 16);
}

export function isWall(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text);
}
