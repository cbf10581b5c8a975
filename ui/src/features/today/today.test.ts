import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Suggestion } from '$lib/api/types';
import { Shelves } from './shelves.svelte';
import { Proposal, TodayPage } from './today.svelte';

const suggestion = (start: string | null): Suggestion => ({
  rank: 1,
  person: { id: '17', name: 'Samantha Kimball' } as Suggestion['person'],
  shelf: 'first',
  score: 1,
  distance_km: null,
  reasons: [],
  suggested: { kind: 'coffee', start, place: 'Silver Lantern' },
  draft: 'Sam, coffee?',
});

describe('a suggestion', () => {
  it('is proposed by one tap, word for word as it was shown', async () => {
    const { api, asked } = fakeApi({ 'POST /meetings': { id: '5' } });
    const proposal = new Proposal(suggestion('2026-11-24T15:00:00Z'), 'America/Toronto', null, api);
    await proposal.propose();
    expect(proposal.state).toBe('sent');
    expect(asked[0]?.body).toMatchObject({
      person: '17',
      kind: 'coffee',
      message: 'Sam, coffee?',
      zone: 'America/Toronto',
      slots: [{ start: '2026-11-24T15:00:00Z', end: '2026-11-24T16:00:00.000Z' }],
      places: [{ name: 'Silver Lantern', public: true }],
    });
  });
  it('without a place leaves it to the other, in public', async () => {
    const { api, asked } = fakeApi({ 'POST /meetings': { id: '5' } });
    const one = suggestion('2026-11-24T15:00:00Z');
    const open = { ...one, person: { ...one.person, city: 'Toronto' }, suggested: { ...one.suggested, place: null } };
    await new Proposal(open, 'UTC', null, api).propose();
    expect((asked[0]?.body as { places: unknown }).places).toEqual([{ name: 'a café in Toronto, you choose', public: true }]);
  });
  it('without a time leads to the form instead', async () => {
    const { api, asked } = fakeApi({});
    const proposal = new Proposal(suggestion(null), 'America/Toronto', null, api);
    await proposal.propose();
    expect([proposal.isReady, asked.length]).toEqual([false, 0]);
    expect(proposal.form).toBe('/meetings/new?person=17&kind=coffee&message=Sam%2C+coffee%3F&place=Silver+Lantern');
  });
  it('stays, with the problem, when it could not be sent', async () => {
    const { api } = fakeApi({ 'POST /meetings': refuse(429, 'meeting.many', 'Enough for today.') });
    const proposal = new Proposal(suggestion('2026-11-24T15:00:00Z'), 'UTC', null, api);
    await proposal.propose();
    expect([proposal.state, proposal.problem?.code]).toEqual(['open', 'meeting.many']);
  });
  it('put off is remembered by the server', async () => {
    const { api, asked } = fakeApi({ 'POST /suggestions/17/dismiss': undefined });
    const proposal = new Proposal(suggestion(null), 'UTC', null, api);
    await proposal.later();
    expect([proposal.state, asked[0]?.body]).toEqual(['later', { until: 'not_now' }]);
    await proposal.never();
    expect([proposal.state, asked[1]?.body]).toEqual(['never', { until: 'never' }]);
  });
});

describe('the shelves', () => {
  const longAgo = { ...suggestion(null), person: { id: '18', name: 'Jon Lee' } as Suggestion['person'], shelf: 'dormant' as const };
  it('show the best of one, and the best of all again without asking', async () => {
    const { api, asked } = fakeApi({ 'GET /suggestions': { items: [longAgo], next: null }, 'POST /suggestions/shown': undefined });
    const page = new Shelves([suggestion(null)], api);
    await page.choose('dormant');
    expect([page.shelf, page.items.map((one) => one.person.id)]).toEqual(['dormant', ['18']]);
    await page.choose(null);
    expect([page.shelf, page.items.map((one) => one.person.id)]).toEqual([null, ['17']]);
    expect(asked.filter((one) => one.method === 'GET').length).toBe(1);
  });
  it('tell once who was shown, and are no worse for not being heard', async () => {
    const { api, asked } = fakeApi({ 'POST /suggestions/shown': refuse(500, 'server.trouble', 'No.') });
    const page = new Shelves([suggestion(null)], api);
    await page.tell();
    await page.tell();
    expect(asked.map((one) => one.body)).toEqual([{ people: ['17'] }]);
    expect(page.problem).toBeNull();
  });
  it('keep the problem when a shelf cannot be had', async () => {
    const { api } = fakeApi({ 'GET /suggestions': refuse(503, 'server.busy', 'Later.') });
    const page = new Shelves([suggestion(null)], api);
    await page.choose('strong');
    expect([page.shelf, page.problem?.code]).toEqual(['strong', 'server.busy']);
  });
});

describe('today', () => {
  const today = { now: '2026-11-20T18:28:30Z', tally: { year: 2026 }, strip: [{ planned: true }, { planned: false }], next_meeting: null, to_answer: [], to_vote: [], to_confirm: [], steps: { people: 0 } };
  it('counts what is planned and knows a newcomer', async () => {
    const { api } = fakeApi({ 'GET /today': today, 'GET /links': { items: [], next: null } });
    const page = new TodayPage(api);
    await page.load();
    expect([page.planned, page.isNew]).toEqual([1, true]);
  });
  it('shows a newcomer first who waits for an answer', async () => {
    const { api } = fakeApi({ 'GET /today': today, 'GET /links': { items: [{ id: '1', direction: 'asked' }], next: null } });
    const page = new TodayPage(api);
    await page.load();
    expect(page.isNew).toBe(false);
  });
  it('shows a newcomer first what is asked in a poll', async () => {
    const { api } = fakeApi({ 'GET /today': { ...today, to_vote: [{ id: '4', title: 'Lunch' }] }, 'GET /links': { items: [], next: null } });
    const page = new TodayPage(api);
    await page.load();
    expect(page.isNew).toBe(false);
  });
  it('is shown even when the brief of the next meeting is not to be had', async () => {
    const { api } = fakeApi({ 'GET /today': { ...today, next_meeting: { with: { person: { id: '9' } } } }, 'GET /links': { items: [], next: null } });
    const page = new TodayPage(api);
    await page.load();
    expect([page.today !== null, page.companion, page.problem]).toEqual([true, null, null]);
  });
});
