import { beforeEach, describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { PersonRow, Poll, PollVoter } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';
import { PollForm, PollList, PollPage, ranked, wishOf } from './polls.svelte';

const standing = (rank: number) => ({ rank, yes: 0, if_need_be: 0, no: 0, unanswered: 0, can: 0, suits_all: true, suits_you: true });
const time = (id: string, rank: number | null = null) => ({ id, start: '2026-12-01T12:00:00Z', end: '2026-12-01T13:00:00Z', standing: rank === null ? null : standing(rank) });
const voter = (id: string, change: Partial<PollVoter> = {}): PollVoter => ({ id, name: `Voter ${id}`, account: null, you: false, must_come: false, answers: null, mail: null, link: null, meeting: null, ...change });
const poll = (change: Partial<Poll> = {}): Poll => ({ id: '5', role: 'organiser', state: 'open', kind: 'lunch', title: 'Lunch', organiser: 'Ann', zone: 'UTC', times: [time('1'), time('2')], voters: [voter('1')], best: null, picked: null, has_kept_away: false, meeting: null, ...change }) as Poll;
const person = (id: string, account: string | null = null): PersonRow => ({ id, name: `Person ${id}`, account }) as PersonRow;

beforeEach(() => clock.set('2026-11-20T18:00:00Z'));

describe('a poll’s times', () => {
  it('stand best first', () => expect(ranked(poll({ times: [time('1', 3), time('2', 1), time('3', 2)] })).map((one) => one.id)).toEqual(['2', '3', '1']));
  it('have no answer from who took it back', () => expect([wishOf(voter('1', { answers: { '1': 'yes', '2': 'none' } }), '1'), wishOf(voter('1', { answers: { '2': 'none' } }), '2'), wishOf(voter('1'), '1')]).toEqual(['yes', null, null]));
});

describe('answering', () => {
  it('sends what is said to each time, and begins with what was said before', async () => {
    const mine = voter('2', { you: true, answers: { '1': 'no' } });
    const { api, asked } = fakeApi({ 'GET /polls/5': poll({ role: 'voter', voters: [voter('1'), mine] }), 'PUT /polls/5/answers': poll({ role: 'voter', voters: [voter('1'), { ...mine, answers: { '1': 'no', '2': 'yes' } }] }) });
    const page = new PollPage('5', api);
    await page.load();
    expect(page.said).toEqual({ '1': 'no' });
    page.said['2'] = 'yes';
    await page.vote();
    expect([asked.at(-1)?.body, page.sent]).toEqual([{ answers: { '1': 'no', '2': 'yes' } }, true]);
  });
  it('keeps what was said when the poll has closed meanwhile', async () => {
    const { api } = fakeApi({ 'GET /polls/5': poll({ role: 'voter', voters: [voter('1', { you: true })] }), 'PUT /polls/5/answers': refuse(409, 'poll.closed', 'Thank you, but a time has been picked already.') });
    const page = new PollPage('5', api);
    await page.load();
    page.said['1'] = 'yes';
    await page.vote();
    expect([page.problem?.code, page.sent, page.said['1']]).toEqual(['poll.closed', false, 'yes']);
  });
});

describe('picking', () => {
  it('asks for the time by its number', async () => {
    const { api, asked } = fakeApi({ 'GET /polls/5': poll(), 'POST /polls/5/pick': poll({ state: 'picked', picked: '2' }) });
    const page = new PollPage('5', api);
    await page.load();
    await page.pick('2');
    expect([asked.at(-1)?.body, page.poll?.state]).toEqual([{ time: '2' }, 'picked']);
  });
  it('keeps a link that was made, which the server tells only once', async () => {
    const { api } = fakeApi({ 'GET /polls/5': poll(), 'POST /polls/5/voters/1/link': poll({ voters: [voter('1', { link: 'https://x/p/abc' })] }), 'POST /polls/5/close': poll({ state: 'closed' }) });
    const page = new PollPage('5', api);
    await page.load();
    await page.makeLink('1');
    await page.giveUp();
    expect(page.poll?.voters[0]?.link).toBe('https://x/p/abc');
  });
});

describe('a new poll', () => {
  it('asks each once, at the address that is known', async () => {
    const { api, asked } = fakeApi({ 'GET /people/7': { identities: [{ emails: ['seven@example.com'] }] }, 'POST /polls': poll() });
    const form = new PollForm('Europe/Paris', api);
    await form.invite(person('7'));
    await form.invite(person('7'));
    await form.invite(person('8', 'eight'));
    expect(form.isReady).toBe(false);
    form.place = ' Silver Lantern ';
    form.invitees[1]!.mustCome = true;
    await form.send();
    expect(asked.at(-1)?.body).toMatchObject({
      invitees: [{ person: '7', must_come: false, email: 'seven@example.com' }, { person: '8', must_come: true }],
      places: [{ name: 'Silver Lantern', public: true }],
      zone: 'Europe/Paris',
    });
  });
});

describe('the list', () => {
  it('shows open ones, and is empty when it can’t be fetched', async () => {
    const { api } = fakeApi({ 'GET /polls': { asked: [poll({ id: '1', role: 'voter' })], mine: [poll({ id: '2' }), poll({ id: '3', state: 'picked' })] } });
    const list = new PollList(api);
    await list.load();
    expect([list.asked.map((one) => one.id), list.open.map((one) => one.id)]).toEqual([['1'], ['2']]);
    const gone = new PollList(fakeApi({ 'GET /polls': refuse(500, 'x', 'x') }).api);
    await gone.load();
    expect(gone.open).toEqual([]);
  });
});
