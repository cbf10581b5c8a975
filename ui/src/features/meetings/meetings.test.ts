import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Meeting, PersonRow } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';
import { MeetingPage } from './meeting.svelte';
import { awaitsMe, sortMeetings } from './meetings.svelte';
import { ProposalForm, readWish } from './proposal.svelte';
import { Times } from './times.svelte';

const now = Date.parse('2026-11-20T18:28:30Z');
const meeting = (change: Partial<Meeting>): Meeting => ({ id: '1', kind: 'coffee', state: 'proposed', role: 'organiser', slots: [], places: [], agreed: null, outcome: { mine: null, theirs: null, what: null, absence: null }, history: [], ...change }) as Meeting;
const agreed = (start: string, end: string) => ({ start, end, place: null });

class Shelf {
  kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}
beforeEach(() => {
  vi.stubGlobal('localStorage', new Shelf());
  clock.set('2026-11-20T18:28:30Z');
});

describe('whose word is next', () => {
  it('is the owner’s when the server says so, whoever proposed', () => expect(awaitsMe(meeting({ role: 'organiser', awaits: 'you' }))).toBe(true));
  it('is the other’s after a proposal', () => expect(awaitsMe(meeting({ awaits: 'them' }))).toBe(false));
  it('is nobody’s once it is planned', () => expect(awaitsMe(meeting({ role: 'invitee', state: 'scheduled', awaits: null }))).toBe(false));
});

describe('meetings', () => {
  it('are sorted by what they ask of the owner', () => {
    const sorted = sortMeetings(
      [
        meeting({ id: 'answer', role: 'invitee', awaits: 'you' }),
        meeting({ id: 'wait', awaits: 'them' }),
        meeting({ id: 'later', state: 'scheduled', agreed: agreed('2026-12-02T12:00:00Z', '2026-12-02T13:00:00Z') }),
        meeting({ id: 'soon', state: 'scheduled', agreed: agreed('2026-11-23T12:00:00Z', '2026-11-23T13:00:00Z') }),
        meeting({ id: 'confirm', state: 'scheduled', agreed: agreed('2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z') }),
        meeting({ id: 'over', state: 'expired' }),
      ],
      now,
    );
    const ids = (list: Meeting[]) => list.map((each) => each.id);
    expect([ids(sorted.toAnswer), ids(sorted.waiting), ids(sorted.planned), ids(sorted.toConfirm), ids(sorted.past)]).toEqual([['answer'], ['wait'], ['soon', 'later'], ['confirm'], ['over']]);
  });
});

describe('answering', () => {
  const proposed = meeting({ role: 'invitee', slots: [{ id: 'a' }, { id: 'b' }] as Meeting['slots'], places: [{ id: 'p' }] as Meeting['places'] });
  it('accepts the first time and place unless others are chosen', async () => {
    const { api, asked } = fakeApi({ 'GET /meetings/1': proposed, 'POST /meetings/1/answer': { ...proposed, state: 'scheduled' } });
    const page = new MeetingPage('1', api);
    await page.load();
    page.slot = 'b';
    await page.accept();
    expect([asked.at(-1)?.body, page.meeting?.state]).toEqual([{ answer: 'accept', slot: 'b', place: 'p' }, 'scheduled']);
  });
  it('declines in one tap without a word', async () => {
    const { api, asked } = fakeApi({ 'GET /meetings/1': proposed, 'POST /meetings/1/answer': { ...proposed, state: 'declined' } });
    const page = new MeetingPage('1', api);
    await page.load();
    await page.decline();
    expect(asked.at(-1)?.body).toEqual({ answer: 'decline' });
  });
});

describe('what happened', () => {
  const over = meeting({ state: 'scheduled', outcome: { mine: null, theirs: null, what: null, absence: null } });
  it('is said in one tap, and by whom it was', async () => {
    const { api, asked } = fakeApi({ 'POST /meetings/1/outcome': { ...over, outcome: { mine: 'missed', theirs: null, what: 'not_there', absence: null } } });
    const page = new MeetingPage('1', api);
    await page.report('not_there');
    expect([asked.at(-1)?.body, page.meeting?.outcome.what]).toEqual([{ what: 'not_there' }, 'not_there']);
  });
  it('can be excused, by a word and by whoever waited', async () => {
    const { api, asked } = fakeApi({ 'POST /meetings/1/outcome': over, 'POST /meetings/1/excuse': over });
    const page = new MeetingPage('1', api);
    await page.report('absent', { excuse: 'Overslept' });
    await page.acceptExcuse();
    expect(asked.map((each) => each.body)).toEqual([{ what: 'absent', excuse: 'Overslept' }, undefined]);
  });
});

describe('times of a proposal', () => {
  it('are wall time in the proposer’s zone', () => {
    const times = new Times('America/Toronto');
    times.walls = ['2026-11-24T10:00', 'half'];
    times.minutes = 90;
    expect(times.slots).toEqual([{ start: '2026-11-24T15:00:00.000Z', end: '2026-11-24T16:30:00.000Z' }]);
  });
  it('begin with the kind’s usual hour tomorrow', () => {
    const times = new Times('America/Toronto');
    times.suit('lunch');
    expect([times.walls, times.minutes]).toEqual([['2026-11-21T12:30'], 90]);
  });
  it('are five at most', () => {
    const times = new Times('UTC');
    for (let n = 0; n < 9; n += 1) times.add('coffee');
    expect(times.walls).toHaveLength(5);
  });
  it('know what is over', () => expect(new Times('UTC').isPast('2026-11-20T18:00')).toBe(true));
});

describe('a proposal', () => {
  const sam = { id: '17', name: 'Samantha Kimball', account: null } as PersonRow;
  const answers = {
    'GET /people/17': { ...sam, identities: [{ emails: ['sam@example.com'] }] },
    'POST /meetings/preview': { mail: { to: '', subject: 's', text: 't' }, warnings: [] },
  };
  it('is filled from the address of a suggestion', async () => {
    const { api } = fakeApi(answers);
    const form = new ProposalForm('America/Toronto', api, 0);
    await form.open(readWish(new URLSearchParams('person=17&kind=walk&start=2026-11-22T19:00:00Z&place=Lucky+Crumb&message=Sam')));
    expect([form.person?.id, form.kind, form.times.walls, form.places[0]?.name, form.message, form.email]).toEqual(['17', 'walk', ['2026-11-22T14:00'], 'Lucky Crumb', 'Sam', 'sam@example.com']);
  });
  it('shows what the other will see', async () => {
    const { api } = fakeApi(answers);
    const form = new ProposalForm('UTC', api, 0);
    await form.open(readWish(new URLSearchParams('person=17&place=Silver+Lantern')));
    await expect.poll(() => form.preview?.mail.subject).toBe('s');
  });
  it('loses nothing that was typed: neither by leaving nor by a refusal', async () => {
    const { api } = fakeApi({ ...answers, 'POST /meetings': refuse(400, 'meeting.purpose', 'A purpose is needed.', 'purpose') });
    const form = new ProposalForm('UTC', api, 0);
    await form.open(readWish(new URLSearchParams('person=17&place=Silver+Lantern')));
    form.message = 'Half a year of messages';
    form.changed();
    expect(await form.send()).toBeNull();
    expect(form.sending.problem?.field).toBe('purpose');
    const again = new ProposalForm('UTC', api, 0);
    await again.open(readWish(new URLSearchParams('person=17&place=Silver+Lantern')));
    expect(again.message).toBe('Half a year of messages');
  });
  it('sends no address to somebody with an account, and forgets the draft once it is sent', async () => {
    const { api, asked } = fakeApi({ ...answers, 'GET /people/17': { ...sam, account: 'sam', identities: [{ emails: ['sam@example.com'] }] }, 'POST /meetings': { id: '5' } });
    const form = new ProposalForm('UTC', api, 0);
    await form.open(readWish(new URLSearchParams('person=17&place=Silver+Lantern')));
    form.message = 'Coffee?';
    form.changed();
    expect((await form.send())?.id).toBe('5');
    const sent = asked.find((each) => each.path === '/meetings')?.body as Record<string, unknown>;
    expect(sent).not.toHaveProperty('email');
    expect((localStorage as unknown as Shelf).kept.size).toBe(0);
  });
});
