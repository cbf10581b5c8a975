import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Reminder } from '$lib/api/types';
import { Nudge, RemindersForm } from './reminders.svelte';

const reminder: Reminder = {
  id: '9',
  kind: 'cold',
  text: 'It has become quiet between you and Ann Lee.',
  why: [],
  person: { id: '7', name: 'Ann Lee' },
  meeting: null,
  encounter: null,
  until: '2026-12-20T07:00:00Z',
  snoozes: ['tomorrow', 'week'],
};

describe('a nudge', () => {
  it('leads to the meeting, the encounter, the person or the goal', () => {
    const { api } = fakeApi({});
    const href = (change: Partial<Reminder>) => new Nudge({ ...reminder, ...change }, api).href;
    expect(href({})).toBe('/people/7');
    expect(href({ kind: 'prepare', meeting: '3' })).toBe('/meetings/3');
    expect(href({ kind: 'follow_up', encounter: '4' })).toBe('/encounters/4');
    expect(href({ kind: 'pace', person: null })).toBe('/settings/goal');
  });
  it('rests for a week when asked to', async () => {
    const { api, asked } = fakeApi({ 'POST /reminders/9/snooze': undefined });
    const nudge = new Nudge(reminder, api);
    await nudge.rest('week');
    expect(nudge.fate).toBe('week');
    expect(asked[0]?.body).toEqual({ until: 'week' });
  });
  it('stays, with the problem, when nothing came of it', async () => {
    const { api } = fakeApi({ 'POST /reminders/9/done': refuse(503, 'database.full', 'No room.') });
    const nudge = new Nudge(reminder, api);
    await nudge.done();
    expect([nudge.fate, nudge.problem?.code, nudge.busy]).toEqual(['open', 'database.full', false]);
  });
});

describe('the settings of reminders', () => {
  it('show kinds as wanted and keep them as muted', async () => {
    const settings = { a_week: 5, muted: ['birthday'], digest: true, digest_day: 'monday', paused_until: null };
    const { api, asked } = fakeApi({ 'GET /reminders/settings': settings, 'PUT /reminders/settings': { ...settings, muted: [] } });
    const form = new RemindersForm(api);
    await form.load();
    expect([form.wanted?.birthday, form.wanted?.cold]).toEqual([false, true]);
    form.wanted!.pace = false;
    form.pausedUntil = '2026-12-24';
    await form.save();
    expect(asked.at(-1)?.body).toEqual({ a_week: 5, muted: ['birthday', 'pace'], digest: true, digest_day: 'monday', paused_until: '2026-12-24' });
    expect(form.wanted?.birthday).toBe(true);
  });
});
