import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { MeetingHabits } from '$lib/api/types';
import { HabitsForm, SharesForm } from './habits.svelte';

const habits: MeetingHabits = { hours: { monday: [{ start: '09:00', end: '24:00' }] }, a_week: 2, rest_minutes: 60, kept_free: [{ first: '2026-12-24', last: '2026-12-26' }] };

describe('habits', () => {
  it('go back as they came, with a day’s end as the server writes it', async () => {
    const { api, asked } = fakeApi({ 'GET /free-time/habits': habits, 'PUT /free-time/habits': habits });
    const form = new HabitsForm(api);
    await form.load();
    expect([form.hours?.monday, form.hours?.tuesday]).toEqual([[{ start: '09:00', end: '00:00' }], []]);
    form.open('sunday', true);
    form.addDays('2027-01-01');
    expect(await form.save()).toBe(true);
    expect(asked.at(-1)?.body).toMatchObject({
      hours: { monday: [{ start: '09:00', end: '24:00' }], tuesday: [], sunday: [{ start: '09:00', end: '18:00' }] },
      a_week: 2,
      rest_minutes: 60,
      kept_free: [
        { first: '2026-12-24', last: '2026-12-26' },
        { first: '2027-01-01', last: '2027-01-01' },
      ],
    });
    expect(form.kept).toEqual(habits.kept_free);
  });
  it('stay as typed when the server says no', async () => {
    const { api } = fakeApi({ 'GET /free-time/habits': habits, 'PUT /free-time/habits': refuse(422, 'free_time.hours', 'Hours end after they begin.') });
    const form = new HabitsForm(api);
    await form.load();
    form.aWeek = null;
    expect([await form.save(), form.aWeek, form.sending.problem?.code]).toEqual([false, null, 'free_time.hours']);
  });
});

describe('sharing', () => {
  it('is with whom one names, with or without the sign', async () => {
    const { api, asked } = fakeApi({ 'PUT /free-time/shares/ann': undefined, 'GET /free-time/shares': { items: [{ handle: 'ann', name: 'Ann' }], next: null } });
    const form = new SharesForm(api);
    form.handle = ' @ann ';
    expect(await form.share()).toBe(true);
    expect([asked[0]?.path, form.handle, form.shelf.items?.length]).toEqual(['/free-time/shares/ann', '', 1]);
  });
});
