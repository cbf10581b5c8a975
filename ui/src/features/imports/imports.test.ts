import { describe, expect, it } from 'vitest';
import { fakeApi } from '$lib/api/fake';
import { Problem } from '$lib/api/problem';
import type { Import } from '$lib/api/types';
import type { Upload } from '$lib/api/upload';
import { Imports, isForLater } from './imports.svelte';

const item = (change: Partial<Import>): Import =>
  ({ id: '1', name: 'a.zip', state: 'done', owner_questions: [], done: 0, total: 0, found: { people: 10, contacts: 5, encounters: 2, rejected: 0 }, seconds_left: null, ...change }) as Import;
const file = (name: string) => new File(['x'], name);
const sent: Upload = async () => item({});

describe('archives', () => {
  it('count people once and what happened together, but nothing of those that failed or were taken out', async () => {
    const { api } = fakeApi({ 'GET /imports': { items: [item({}), item({ id: '2' }), item({ id: '3', state: 'failed' }), item({ id: '4', state: 'undone' })], next: null } });
    const imports = new Imports(api, sent);
    await imports.refresh();
    expect([imports.found, imports.list.length, imports.isBusy]).toEqual([{ people: 10, contacts: 10, encounters: 4 }, 3, false]);
  });
  it('that can’t be read yet are no failure', () => {
    const report = { unsupported: [{ archive: 'a.zip', file: null, network: 'whatsapp', error: 'WhatsApp archives can’t be read yet.' }] } as unknown as Import['report'];
    expect([isForLater(item({ state: 'failed', report })), isForLater(item({ state: 'failed', report: null })), isForLater(item({ report }))]).toEqual([true, false, false]);
  });
  it('ask who of several the owner is, until that is said', async () => {
    const question = { archive: 'a.zip', network: 'ning', candidates: [], taken: null, said: null, none: false };
    const { api, asked } = fakeApi({
      'GET /imports': { items: [item({ owner_questions: [question, { ...question, none: true }] })], next: null },
      'POST /imports/1/owner': item({}),
    });
    const imports = new Imports(api, sent);
    await imports.refresh();
    expect(imports.openQuestions).toBe(1);
    for (const key of ['b', null, undefined]) await imports.sayOwner('1', question, key);
    expect(asked.filter((call) => call.method === 'POST').map((call) => call.body)).toEqual([
      { archive: 'a.zip', network: 'ning', key: 'b' },
      { archive: 'a.zip', network: 'ning', none: true },
      { archive: 'a.zip', network: 'ning' },
    ]);
  });
  it('say how far all of them are, and how long it will take', async () => {
    const { api } = fakeApi({ 'GET /imports': { items: [item({ state: 'running', done: 50, total: 100, seconds_left: 30 }), item({ id: '2', state: 'queued', total: 100, seconds_left: 60 })], next: null } });
    const imports = new Imports(api, sent);
    await imports.refresh();
    expect([imports.percent, imports.secondsLeft, imports.isBusy]).toEqual([25, 90, true]);
  });
  it('are sent one after the other', async () => {
    const order: string[] = [];
    const { api } = fakeApi({ 'GET /imports': { items: [], next: null } });
    const upload: Upload = async (each, progress) => {
      order.push(`start ${each.name}`);
      progress(1);
      await Promise.resolve();
      order.push(`end ${each.name}`);
      return item({});
    };
    await new Imports(api, upload).send([file('a.zip'), file('b.zip')]);
    expect(order).toEqual(['start a.zip', 'end a.zip', 'start b.zip', 'end b.zip']);
  });
  it('that could not be sent stay, with the reason, and the others go on', async () => {
    const { api } = fakeApi({ 'GET /imports': { items: [], next: null } });
    const upload: Upload = async (each) => {
      if (each.name === 'big.zip') throw new Problem(413, 'http.too_large', '');
      return item({});
    };
    const imports = new Imports(api, upload);
    await imports.send([file('big.zip'), file('b.zip')]);
    expect(imports.sendings.map((each) => [each.name, each.problem?.status])).toEqual([['big.zip', 413]]);
    imports.putAway(imports.sendings[0]!);
    expect(imports.sendings).toEqual([]);
  });
  it('stopped on their way leave nothing behind', async () => {
    const { api } = fakeApi({ 'GET /imports': { items: [], next: null } });
    const upload: Upload = (_, __, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Problem(0, 'import.stopped', ''))));
    const imports = new Imports(api, upload);
    const sending = imports.send([file('a.zip')]);
    imports.sendings[0]!.stop();
    await sending;
    expect(imports.sendings).toEqual([]);
  });
});
