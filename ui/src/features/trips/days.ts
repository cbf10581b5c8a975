// days.ts — a trip's people as its days: who comes when, what the way is, where a dragged meeting lands.
import type { Trip, TripPerson } from '$lib/api/types';
import { t } from '$lib/text';
import type { Dates } from '$lib/time/format';
import { fromWall, toWall } from '$lib/time/wall';

export interface Stop {
  one: TripPerson;
  /** On the map, from 1. */
  number: number;
}
export interface Day {
  /** "2026-12-08", of the trip's zone. */
  date: string;
  stops: Stop[];
}

export const isPlanned = (one: TripPerson): boolean => one.start !== null;
/** Only known online so far. */
export const isFirst = (one: TripPerson): boolean => one.person.encounters === 0;
/** What may still be moved here: nobody was asked yet. */
export const isFree = (one: TripPerson): boolean => one.state === 'planned' || one.state === 'left_out';

/** "8 to 10 December", "30 November to 2 December" */
export function spanOf(there: Dates, start: string, end: string): string {
  const last = Date.parse(end) - 1;
  const [from, to] = [there.civil(start), there.civil(last)];
  const same = from[0] === to[0] && from[1] === to[1];
  if (same && from[2] === to[2]) return there.date(start);
  return t.trips.span(same ? String(from[2]) : there.date(start), there.date(last));
}

const dayOf = (at: string | number | Date, zone: string) => toWall(new Date(at), zone).slice(0, 10);

/** Every day of the trip, those without a meeting too. */
export function daysOf(trip: Trip): Day[] {
  const days: Day[] = [];
  const last = dayOf(Date.parse(trip.end) - 1, trip.zone);
  for (let date = dayOf(trip.start, trip.zone); date <= last && days.length < 62; ) {
    days.push({ date, stops: [] });
    const next = new Date(`${date}T12:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 1);
    date = next.toISOString().slice(0, 10);
  }
  let number = 0;
  for (const one of trip.people)
    if (one.start !== null) days.find((day) => day.date === dayOf(one.start!, trip.zone))?.stops.push({ one, number: ++number });
  return days;
}

/** How much more than this plan another could bring at most, in whole per cent; 0 when none is better. */
export function percentLeft(trip: Pick<Trip, 'value' | 'bound'>): number {
  if (trip.value <= 0 || trip.bound <= trip.value * (1 + 1e-9)) return 0;
  return Math.max(1, Math.ceil((trip.bound / trip.value - 1) * 100));
}

const rest = 15;
const quarter = 15 * 60_000;
const upToQuarter = (at: number) => Math.ceil(at / quarter) * quarter;

/** When somebody who is dropped on a day begins: in place of the stop they are dropped on, else after the last one. */
export function landingOn(trip: Trip, day: Day, dragged: TripPerson, on: Stop | null): string {
  const others = day.stops.filter((stop) => stop.one.person.id !== dragged.person.id);
  if (on && on.one.person.id !== dragged.person.id && on.one.start) return on.one.start;
  const before = others.at(-1)?.one;
  const opens = Math.max(Date.parse(trip.start), fromWall(`${day.date}T10:00`, trip.zone).getTime());
  const at = before?.end ? Date.parse(before.end) + (rest + dragged.travel_minutes) * 60_000 : opens;
  return new Date(upToQuarter(at)).toISOString();
}
