import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Lookout, Meeting } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';
import { LookoutForm, Lookouts } from './lookouts.svelte';

const lookout = (change: Partial<Lookout> = {}): Lookout =>
  ({ id: '5', meeting: '1', state: 'watching', until: '2026-11-24T03:00:00Z', alarm_at: '2026-11-24T04:00:00Z', friend: { name: 'Tom', email: null, mail: 'by_hand' }, link: null, ...change }) as Lookout;
const meeting = { id: '1', with: { person: null, name: 'Bob Stone' }, agreed: { start: '2026-11-24T00:00:00Z', end: '2026-11-24T02:00:00Z', place: { name: 'Silver Lantern', address: '17 Spadina Avenue' } } } as Meeting;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] }); // times are told to the millisecond
  clock.set('2026-11-24T03:10:00Z');
});
afterEach(() => vi.useRealTimers());

describe('telling a friend', () => {
  it('starts from what the meeting has, and shows when the friend is told', () => {
    const form = new LookoutForm(meeting);
    form.grace = 30;
    expect([form.company, form.place, form.until, form.alarm]).toEqual(['Bob Stone', 'Silver Lantern, 17 Spadina Avenue', '2026-11-24T03:00:00.000Z', '2026-11-24T03:30:00.000Z']);
  });
  it('sends the owner’s own words, and keeps the link that is shown only once', async () => {
    const { api, asked } = fakeApi({ 'POST /lookouts': lookout({ link: 'https://x.test/s/abc' }), 'POST /lookouts/5/home': lookout({ state: 'safe' }) });
    const lookouts = new Lookouts(api);
    const form = new LookoutForm(meeting);
    form.company = 'Somebody from the choir';
    form.email = ' tom@example.com ';
    await lookouts.tell(form);
    expect(asked.at(-1)?.body).toMatchObject({ meeting: '1', company: 'Somebody from the choir', grace_minutes: 60, friend: { email: 'tom@example.com' } });
    expect(lookouts.link).toBe('https://x.test/s/abc');
    await lookouts.home(lookouts.of('1')!);
    expect([lookouts.link, lookouts.of('1')?.state]).toEqual(['https://x.test/s/abc', 'safe']);
  });
  it('says what was wrong and keeps the form', async () => {
    const { api } = fakeApi({ 'POST /lookouts': refuse(400, 'email.invalid', 'No address.', 'email') });
    const lookouts = new Lookouts(api);
    expect(await lookouts.tell(new LookoutForm(meeting))).toBe(false);
    expect(lookouts.problem?.field).toBe('email');
  });
});

describe('home safe?', () => {
  it('is asked only once the time is over', async () => {
    const items = [lookout(), lookout({ id: '6', meeting: '2', state: 'asking' }), lookout({ id: '7', meeting: '3', state: 'raised' }), lookout({ id: '8', meeting: '4', state: 'safe' })];
    const { api } = fakeApi({ 'GET /lookouts': { items } });
    const lookouts = new Lookouts(api);
    await lookouts.load();
    expect(lookouts.asking.map((each) => each.id)).toEqual(['6', '7']);
  });
  it('can wait half an hour from now, when its time has passed', async () => {
    const { api, asked } = fakeApi({ 'POST /lookouts/5/longer': lookout() });
    await new Lookouts(api).longer(lookout({ state: 'asking' }));
    expect(asked.at(-1)?.body).toEqual({ until: '2026-11-24T03:40:00.000Z' });
  });
  it('is gone with everything when it is ended', async () => {
    const { api } = fakeApi({ 'GET /lookouts': { items: [lookout()] }, 'DELETE /lookouts/5': undefined });
    const lookouts = new Lookouts(api);
    await lookouts.load();
    await lookouts.end(lookouts.of('1')!);
    expect(lookouts.of('1')).toBeNull();
  });
});
