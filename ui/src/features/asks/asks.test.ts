import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Ask, AskDetail, Fitting } from '$lib/api/types';
import { AskList, AskPage, headline, PartsForm, reasonsShown, wordsIn } from './asks.svelte';

const plain = { id: '7', text: 'a nurse in Lyon', titles: ['nurse'], topics: ['nights'], organisations: [], relations: [], purpose: '', count: 2, city: 'Lyon', by: null, in_return: '', state: 'open', progress: { asked: 0, yes: 0, met: 0 }, result_url: null, created_at: '' } as Ask;
const detail = (change: Partial<AskDetail> = {}): AskDetail => ({ ...plain, people: [], fitting: [], sent: [], introductions: [], ...change }) as AskDetail;

class Shelf {
  kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}
beforeEach(() => vi.stubGlobal('localStorage', new Shelf()));

describe('writing an ask', () => {
  it('keeps what was typed until it is made', async () => {
    const { api } = fakeApi({ 'POST /asks': refuse(400, 'ask.long', 'too long') });
    const list = new AskList(api);
    list.text = 'a nurse';
    list.typed();
    expect(await list.write()).toBeNull();
    expect(list.sending.problem?.code).toBe('ask.long');
    expect(new AskList(api).text).toBe('a nurse');
  });
  it('leads to the new ask and drops the draft', async () => {
    const { api, asked } = fakeApi({ 'POST /asks': plain });
    const list = new AskList(api);
    list.startFrom('a nurse in Lyon');
    expect(await list.write()).toBe('7');
    expect(asked[0]?.body).toEqual({ text: 'a nurse in Lyon' });
    expect(new AskList(api).text).toBe('');
  });
});

describe('the list', () => {
  it('has the open ones first and the others as done', async () => {
    const { api } = fakeApi({ 'GET /asks': { items: [plain, { ...plain, id: '6', state: 'met' }, { ...plain, id: '5', state: 'closed' }], next: null } });
    const list = new AskList(api);
    await list.load();
    expect([list.open.map(({ id }) => id), list.done.map(({ id }) => id), list.hasMore]).toEqual([['7'], ['6', '5'], false]);
  });
});

describe('one ask', () => {
  it('leaves one word of a list out', async () => {
    const { api, asked } = fakeApi({ 'GET /asks/7': detail({ titles: ['nurse', 'midwife'] }), 'PATCH /asks/7': plain });
    const page = new AskPage('7', api);
    await page.load();
    await page.leaveOut('titles', 'nurse');
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ titles: ['midwife'] });
  });
  it('says what came of a person, and takes it back', async () => {
    const { api, asked } = fakeApi({ 'GET /asks/7': detail(), 'PUT /asks/7/people/3': plain, 'DELETE /asks/7/people/3': plain });
    const page = new AskPage('7', api);
    await page.set('3', 'yes');
    await page.set('3', null);
    expect(asked.map(({ method }) => method)).toEqual(['PUT', 'GET', 'DELETE', 'GET']);
    expect(asked[0]?.body).toEqual({ state: 'yes' });
  });
  it('shows a few who fit, then all', async () => {
    const fitting = Array.from({ length: 20 }, (_, at) => ({ rank: at + 1 })) as Fitting[];
    const { api } = fakeApi({ 'GET /asks/7': detail({ fitting, count: 4 }) });
    const page = new AskPage('7', api);
    await page.load();
    expect([page.fitting.length, page.hasMore]).toEqual([8, true]);
    page.showAll();
    expect([page.fitting.length, page.hasMore]).toEqual([20, false]);
  });
  it('knows when nobody can be told from its words', async () => {
    const { api } = fakeApi({ 'GET /asks/7': detail({ titles: [], topics: [] }) });
    const page = new AskPage('7', api);
    await page.load();
    expect(page.saysNobody).toBe(true);
  });
});

describe('the form', () => {
  it('sends only what differs', () => {
    const form = new PartsForm();
    form.fill(plain);
    expect(form.changes(plain)).toEqual({});
    form.titles = 'nurse, midwife,, nurse';
    form.city = '';
    form.count = '';
    form.by = '2026-12-11';
    expect(form.changes(plain)).toEqual({ titles: ['nurse', 'midwife'], city: null, count: null, by: '2026-12-11' });
  });
  it('takes words between commas', () => expect(wordsIn(' a, b ,,a')).toEqual(['a', 'b']));
});

describe('the reasons shown', () => {
  const reason = (kind: string, weight: number) => ({ kind, weight, text: kind });
  it('begin with what fits and end with what speaks against it', () => {
    const reasons = [reason('in_touch', 1.2), reason('met', 1), reason('trust', 0.4), reason('place', 0), reason('title', -0.1), reason('hearsay', -3)];
    expect(reasonsShown({ reasons } as Fitting).map(({ kind }) => kind)).toEqual(['title', 'place', 'in_touch', 'met', 'hearsay']);
  });
});

describe('the headline', () => {
  const of = (text: string, purpose = '') => headline({ ...plain, text, purpose });
  it('says who, not what for', () => expect(of('two nurses in Lyon for a programme. Lunch is on me.', 'for a programme')).toBe('Two nurses in Lyon'));
  it('is the first sentence where there is no purpose', () => expect(of('a nurse. Thanks!')).toBe('A nurse'));
  it('is no longer than a line or two', () => expect(of('a '.repeat(200)).length).toBeLessThan(91));
});
