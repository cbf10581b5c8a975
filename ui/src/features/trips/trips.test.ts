import { beforeEach, describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Trip, TripPerson } from '$lib/api/types';
import { t } from '$lib/text';
import { clock } from '$lib/time/clock.svelte';
import { Dates } from '$lib/time/format';
import { daysOf, landingOn, percentLeft, spanOf } from './days';
import { labelOf, pinsOf, routesOf } from './map';
import { TripPage, Wave } from './trip.svelte';
import { TripForm, TripList } from './trips.svelte';

beforeEach(() => clock.set('2026-11-20T18:28:30Z'));

function one(id: string, start: string | null, more: Partial<TripPerson> = {}): TripPerson {
  const end = start && new Date(Date.parse(start) + 3_600_000).toISOString().replace('.000', '');
  const person = { id, name: `Person ${id}`, relation: 'colleague', stage: 'known', trust: 0, city: 'Boston', organisation: null, title: null, first_contact: null, last_contact: null, last_met: null, encounters: 0, account: null, tags: [], photo: null } as TripPerson['person'];
  return { person, state: start ? 'planned' : 'left_out', why: start ? null : 'no_room', kind: 'coffee', start, end, place: 'A café', at: [42.36, -71.06], travel_minutes: 0, pinned: false, visitor: false, tight: false, value: 1, reasons: [], message: 'Hello', email: null, meeting: null, awaits: null, ...more };
}
function boston(people: TripPerson[]): Trip {
  return { id: '9', place: 'Boston', at: [42.36, -71.06], zone: 'America/New_York', start: '2026-12-08T13:00:00Z', end: '2026-12-11T01:00:00Z', stay: null, stay_at: [42.35, -71.05], most_a_day: 4, within_km: 30, value: 2, bound: 2, people, shared_with: [], others_there: [] };
}
const trip = boston([one('1', '2026-12-08T15:00:00Z'), one('2', '2026-12-09T03:30:00Z', { at: [42.4, -71.1] }), one('3', '2026-12-10T15:00:00Z', { state: 'confirmed', meeting: '77' }), one('4', null)]);

describe('days', () => {
  it('are the trip’s own, with those that are free', () => {
    expect(daysOf(trip).map((day) => [day.date, day.stops.map((stop) => stop.number)])).toEqual([
      ['2026-12-08', [1, 2]],
      ['2026-12-09', []],
      ['2026-12-10', [3]],
    ]);
  });
  it('are said shortly', () => {
    const there = new Dates('en-GB', 'America/New_York', () => clock.now());
    expect(spanOf(there, trip.start, trip.end)).toBe('8 to 10 December');
    expect(spanOf(there, '2026-11-30T15:00:00Z', trip.end)).toBe('30 November to 10 December');
    expect(spanOf(there, trip.start, '2026-12-09T05:00:00Z')).toBe('8 December');
  });
  it('end before midnight belongs to the day before', () => expect(daysOf({ ...trip, end: '2026-12-10T05:00:00Z' }).at(-1)?.date).toBe('2026-12-09'));
});

describe('what is dropped', () => {
  const days = daysOf(trip);
  it('takes the place of the stop under it', () => expect(landingOn(trip, days[0]!, one('4', null), days[0]!.stops[0]!)).toBe('2026-12-08T15:00:00Z'));
  it('comes after the last, with a rest, on a quarter', () => expect(landingOn(trip, days[2]!, one('4', null, { travel_minutes: 7 }), null)).toBe('2026-12-10T16:30:00.000Z'));
  it('begins a free day at ten', () => expect(landingOn(trip, days[1]!, one('4', null), null)).toBe('2026-12-09T15:00:00.000Z'));
});

describe('how good a plan is', () => {
  it('is said in whole per cent, never too little', () => {
    expect(percentLeft({ value: 2, bound: 2 })).toBe(0);
    expect(percentLeft({ value: 2, bound: 2.0001 })).toBe(1);
    expect(percentLeft({ value: 2, bound: 2.25 })).toBe(13);
    expect(percentLeft({ value: 0, bound: 2 })).toBe(0);
  });
  it('is said in words', () => {
    expect(t.trips.room.fit(7, 3)).toBe('Seven meetings fit, three of them with people you have only known online.');
    expect(t.trips.room.fit(1, 0)).toBe('One meeting fits.');
    expect(t.trips.room.fit(2, 2)).toBe('Two meetings fit, all with people you have only known online.');
  });
});

describe('the map', () => {
  it('has one pin for one place', () => expect(pinsOf(daysOf(trip)).map((pin) => labelOf(pin.numbers))).toEqual(['1, 3', '2']));
  it('labels many shortly', () => expect([labelOf([1, 2, 3]), labelOf([1, 3, 5])]).toEqual(['1–3', '1 … 5']));
  it('leads each day from where one stays and back', () => expect(routesOf(daysOf(trip), [42.35, -71.05])[0]).toEqual([[-71.05, 42.35], [-71.06, 42.36], [-71.1, 42.4], [-71.05, 42.35]]));
});

describe('a trip', () => {
  const at = 'PUT /trips/9/people/4';
  it('knows whom to ask next', async () => {
    const page = new TripPage('9', fakeApi({ 'GET /trips/9': trip }).api);
    await page.load();
    expect([page.toAsk.map((each) => each.person.id), page.leftOut.length, page.firsts]).toEqual([['1', '2'], 1, 3]);
  });
  it('moves who is dropped', async () => {
    const { api, asked } = fakeApi({ 'GET /trips/9': trip, [at]: boston([one('4', '2026-12-09T15:00:00Z')]) });
    const page = new TripPage('9', api);
    await page.load();
    expect(await page.drop('4', page.days[1]!, null)).toBe(true);
    expect(asked.at(-1)?.body).toEqual({ start: '2026-12-09T15:00:00.000Z' });
    expect(page.moved?.person.id).toBe('4');
  });
  it('stays as it was when an hour is refused', async () => {
    const page = new TripPage('9', fakeApi({ 'GET /trips/9': trip, [at]: refuse(409, 'trip.clash', 'no time', 'start') }).api);
    await page.load();
    expect(await page.drop('4', page.days[1]!, null)).toBe(false);
    expect([page.problem?.code, page.trip?.people.length]).toEqual(['trip.clash', 4]);
  });
});

describe('a wave', () => {
  it('asks those who are chosen, in the words on the page', async () => {
    const { api, asked } = fakeApi({ 'POST /trips/9/proposals': { trip, sent: [{ person: '1', meeting: '80', invitation_link: 'https://x/m/1' }], held: [] } });
    const wave = new Wave('9', [trip.people[0]!, trip.people[1]!], api);
    wave.notes[1]!.chosen = false;
    wave.notes[0]!.message = ' See you there ';
    expect((await wave.send())?.id).toBe('9');
    expect(asked.at(-1)?.body).toEqual({ asks: [{ person: '1', message: 'See you there', email: '' }] });
    expect(wave.told?.sent.length).toBe(1);
  });
  it('asks nobody when nobody is chosen', async () => {
    const { api, asked } = fakeApi({});
    const wave = new Wave('9', [], api);
    expect(await wave.send()).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('a new trip', () => {
  it('means the hours of its city', async () => {
    const { api, asked } = fakeApi({ 'POST /trips': trip });
    const form = new TripForm('Europe/Paris', api);
    expect(await form.plan()).toBeNull();
    form.city = { name: 'Boston', country: 'US', at: [42.36, -71.06], zone: 'America/New_York' };
    form.from = '2026-12-08T08:00';
    form.to = '2026-12-10T20:00';
    expect(await form.plan()).toBe('9');
    expect(asked.at(-1)?.body).toMatchObject({ start: '2026-12-08T13:00:00.000Z', end: '2026-12-11T01:00:00.000Z', city: 'Boston' });
  });
  it('stands among those to come', async () => {
    const row = { id: '9', place: 'Boston', at: [42, -71], zone: 'UTC', start: '2026-12-08T13:00:00Z', end: '2026-12-11T01:00:00Z', planned: 12, proposed: 3, confirmed: 1, left_out: 0 };
    const list = new TripList(fakeApi({ 'GET /trips': { items: [row, { ...row, id: '1', end: '2026-01-01T00:00:00Z' }], next: null } }).api);
    await list.load();
    expect([list.coming.length, list.past.length]).toEqual([1, 1]);
    expect(t.trips.counts(12, 1, 3)).toBe('12 meetings, 1 agreed, 3 asked');
  });
});
