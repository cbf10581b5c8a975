import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import type { Introduction } from '$lib/api/types';
import { awaitsMe, BrokeringForm, IntroduceForm, IntroductionPage, SendForm, Waiting, WaysForm } from './introductions.svelte';

const plain = { id: '5', role: 'target', state: 'target_asked', answer: 'unsaid', broker: { handle: 'cate', name: 'Cate' }, asker: { handle: 'wim', name: 'Wim' }, target: null, person: null, met_at: null, made_at: null, link: null } as unknown as Introduction;
const one = (change: Partial<Introduction>) => ({ ...plain, ...change });

describe('whose turn it is', () => {
  it('is the target’s once asked, and the asker’s before', () => {
    expect(awaitsMe(plain)).toBe(true);
    expect(awaitsMe(one({ answer: 'not_now', state: 'not_now' }))).toBe(false);
    expect(awaitsMe(one({ role: 'asker', state: 'asker_asked' }))).toBe(true);
    expect(awaitsMe(one({ role: 'asker', state: 'target_asked', answer: 'yes' }))).toBe(false);
    expect(awaitsMe(one({ role: 'broker' }))).toBe(false);
  });
});

describe('what waits', () => {
  const asks = { items: [{ id: '9' }], next: null };
  const items = [plain, one({ id: '4', role: 'broker' }), one({ id: '3', role: 'broker', state: 'made', met_at: null }), one({ id: '2', role: 'broker', state: 'not_now' })];
  it('is parted by whose turn it is', async () => {
    const { api } = fakeApi({ 'GET /asks/received': asks, 'GET /introductions': { items, next: null } });
    const waiting = new Waiting(api);
    await waiting.load();
    expect(waiting.toAnswer.map(({ id }) => id)).toEqual(['5']);
    expect(waiting.underWay.map(({ id }) => id)).toEqual(['4', '3']);
    expect(waiting.past.map(({ id }) => id)).toEqual(['2']);
    expect(waiting.count).toBe(2);
  });
  it('goes with one tap', async () => {
    const { api, asked } = fakeApi({ 'GET /asks/received': asks, 'GET /introductions': { items: [], next: null }, 'POST /asks/received/9/decline': undefined });
    const waiting = new Waiting(api);
    await waiting.load();
    expect(await waiting.decline('9')).toBe(true);
    expect(waiting.asks).toEqual([]);
    expect(asked.at(-1)?.path).toBe('/asks/received/9/decline');
  });
});

describe('introducing', () => {
  const draft = { to_target: 'Meet Wim', to_asker: 'Meet her', has_account: false, emails: ['m@example.com'], mail: { to: '', subject: '', text: 'Meet Wim' } };
  it('starts from a draft and sends what was seen', async () => {
    const { api, asked } = fakeApi({ 'POST /introductions/preview': draft, 'POST /introductions': one({ role: 'broker' }) });
    const form = new IntroduceForm({ ask: '9', person: '3' }, api);
    await form.load();
    expect([form.to_target, form.email]).toEqual(['Meet Wim', 'm@example.com']);
    form.to_target = 'Do meet Wim';
    expect(await form.send()).toBe(true);
    expect(asked.at(-1)?.body).toEqual({ ask: '9', person: '3', to_target: 'Do meet Wim', to_asker: 'Meet her', email: 'm@example.com' });
  });
  it('keeps what was typed when it is refused', async () => {
    const { api } = fakeApi({ 'POST /introductions/preview': { ...draft, emails: [] }, 'POST /introductions': refuse(400, 'introduction.words', 'No address', 'to_target') });
    const form = new IntroduceForm({ ask: '9', person: '3' }, api);
    await form.load();
    form.to_target = 'see www.evil.example';
    expect(await form.send()).toBe(false);
    expect([form.to_target, form.sending.problem?.field]).toEqual(['see www.evil.example', 'to_target']);
  });
});

describe('an answer', () => {
  it('shows how it stands then', async () => {
    const { api, asked } = fakeApi({ 'GET /introductions/5': plain, 'POST /introductions/5/answer': one({ state: 'made', answer: 'yes' }) });
    const page = new IntroductionPage('5', api);
    await page.load();
    await page.answer('yes');
    expect(asked.at(-1)?.body).toEqual({ answer: 'yes' });
    expect(page.one?.state).toBe('made');
  });
});

describe('sending an ask', () => {
  it('offers those who have not got it', async () => {
    const { api, asked } = fakeApi({ 'GET /asks/ties': { items: [{ id: '1' }, { id: '2' }], next: null }, 'POST /asks/7/sends': { sent: 1 } });
    const form = new SendForm('7', api);
    await form.load(['1']);
    expect(form.ties?.map(({ id }) => id)).toEqual(['2']);
    form.chosen = ['2'];
    await form.send();
    expect(asked.at(-1)?.body).toEqual({ people: ['2'] });
  });
});

describe('ways', () => {
  it('are told by their first step, who can be asked', async () => {
    const { api, asked } = fakeApi({ 'GET /asks/ways': { ready: true, first: [{ id: '2', name: 'Cate' }] }, 'GET /asks/ties': { items: [{ id: '1' }, { id: '2' }], next: null } });
    const ways = new WaysForm(api);
    ways.to = ' zoe ';
    await ways.find();
    expect(asked[0]?.query.get('to')).toBe('zoe');
    const form = new SendForm('7', api);
    await form.load([], ways.found?.first[0]?.id);
    expect(form.chosen).toEqual(['2']);
  });
});

describe('how often one may be asked', () => {
  it('is kept beside a silence, which ends by itself', async () => {
    const known = { agrees: false, a_day: 3, silent_until: null };
    const { api, asked } = fakeApi({ 'GET /asks/brokering': known, 'PUT /asks/brokering': ({ body }: { body: unknown }) => body });
    const form = new BrokeringForm(api);
    await form.load();
    await form.silent(new Date('2026-12-01T00:00:00.123Z'));
    form.aDay = '1';
    await form.save();
    expect(asked.at(-1)?.body).toEqual({ agrees: false, a_day: 1, silent_until: '2026-12-01T00:00:00Z' });
    await form.silent(null);
    expect(form.known?.silent_until).toBeNull();
  });
});
