import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { askedFor, heard, noFilters as none, readFilters, writeFilters } from './filters';
import { PeopleList } from './people.svelte';

describe('the filters', () => {
  it('live in the address and come back from it', () => {
    const filters = { query: 'zhou', stage: 'met', relation: 'customer', city: 'Toronto', tag: 'press', list: '17', seen: 'year', order: 'name' } as const;
    const address = writeFilters(filters);
    expect(address).toBe('/people?query=zhou&stage=met&relation=customer&city=Toronto&tag=press&list=17&seen=year&order=name');
    expect(readFilters(new URL(address, 'https://example.org').searchParams)).toEqual(filters);
  });
  it('ask for whom to see first, unless the order is by name', () => expect([askedFor(none), askedFor({ ...none, order: 'name' })]).toEqual([{ order: 'first' }, {}]));
  it('leave a plain address when there are none', () => expect(writeFilters(none)).toBe('/people'));
  it('ignore what nobody could have chosen', () => expect(readFilters(new URLSearchParams('stage=divorced&relation=foe&list=x&seen=often'))).toEqual(none));
});

describe('the search', () => {
  const words = { never: ['never met'], year: ['not seen for a year'] };
  it('hears "never met"', () => expect(heard({ ...none, query: 'Toronto never met press' }, words)).toEqual({ ...none, query: 'Toronto press', seen: 'never' }));
  it('leaves other words alone', () => expect(heard({ ...none, query: 'Oldershaw' }, words)).toEqual({ ...none, query: 'Oldershaw' }));
});

describe('the list', () => {
  it('is fetched page by page', async () => {
    const { api, asked } = fakeApi({
      'GET /people': ({ query }: { query: URLSearchParams }) => (query.get('after') ? { items: [{ id: '2' }], next: null } : { items: [{ id: '1' }], next: 'c1' }),
    });
    const list = new PeopleList(api);
    await list.show(none);
    expect(list.hasMore).toBe(true);
    await list.more();
    expect([list.rows?.map((row) => row.id), list.hasMore, asked[1]?.query.get('after')]).toEqual([['1', '2'], false, 'c1']);
  });
  it('never shows a late answer to older filters', async () => {
    const waiting: ((value: unknown) => void)[] = [];
    const { api } = fakeApi({ 'GET /people': () => new Promise((resolve) => waiting.push(resolve)) });
    const list = new PeopleList(api);
    const first = list.show({ ...none, query: 'a' });
    const second = list.show({ ...none, query: 'ab' });
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]?.({ items: [{ id: 'new' }], next: null });
    waiting[0]?.({ items: [{ id: 'old' }], next: null });
    await Promise.all([first, second]);
    expect(list.rows?.map((row) => row.id)).toEqual(['new']);
  });
  it('keeps the totals that it has when they can’t be asked for', async () => {
    let calls = 0;
    const { api } = fakeApi({ 'GET /people': { items: [], next: null }, 'GET /people/totals': () => (calls++ === 0 ? { people: 150, met: 86 } : refuse(503, 'busy', '')) });
    const list = new PeopleList(api);
    expect(list.totals).toBeNull();
    await list.count();
    await list.again();
    expect([list.totals, calls]).toEqual([{ people: 150, met: 86 }, 2]);
  });
  it('keeps what it shows when more could not be fetched', async () => {
    let calls = 0;
    const { api } = fakeApi({ 'GET /people': () => (calls++ === 0 ? { items: [{ id: '1' }], next: 'c1' } : refuse(503, 'busy', '')) });
    const list = new PeopleList(api);
    await list.show(none);
    await list.more();
    expect([list.rows?.length, list.problem?.status]).toEqual([1, 503]);
  });
});
