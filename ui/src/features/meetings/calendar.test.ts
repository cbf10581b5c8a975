import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { StripMark } from '$lib/api/types';
import { CalendarEntries, entriesOf } from './calendar.svelte';

const now = Date.parse('2026-11-20T12:00:00Z');
const mark = (start: string, name: string, more: Partial<StripMark> = {}): StripMark => ({ week: 47, start, person: { id: name, name }, relation: 'friend', planned: true, kind: 'meeting', ...more });

describe('what stands in the calendars', () => {
  it('is soonest first, with everybody of one time together', () => {
    const strip = [mark('2026-12-01T18:00:00Z', 'Ann'), mark('2026-11-23T18:00:00Z', 'Bob'), mark('2026-12-01T18:00:00Z', 'Cem')];
    expect(entriesOf(strip, now).map((entry) => entry.people.map((one) => one.name))).toEqual([['Bob'], ['Ann', 'Cem']]);
  });
  it('leaves out what is over, what was made here, and who is nobody’s person', () => {
    const strip = [
      mark('2026-11-19T18:00:00Z', 'Ann', { planned: false }),
      mark('2026-11-20T09:00:00Z', 'Bob'),
      mark('2026-11-23T18:00:00Z', 'Cem'),
      mark('2026-11-23T19:00:00Z', 'Dee', { person: null }),
    ];
    expect(entriesOf(strip, now, ['2026-11-23T18:00:00.000Z'])).toEqual([]);
  });
  it('ends somewhere', () => {
    const many = Array.from({ length: 9 }, (_, n) => mark(`2026-12-0${n + 1}T18:00:00Z`, `${n}`));
    expect(entriesOf(many, now).length).toBe(5);
  });
  it('is missed by nobody when it can’t be had', async () => {
    const calendar = new CalendarEntries(fakeApi({ 'GET /today': () => refuse(503, 'busy', '') }).api);
    await calendar.load();
    expect(calendar.entries([])).toEqual([]);
  });
});
