import { describe, expect, it } from 'vitest';
import { fakeApi } from '$lib/api/fake';
import { strengthOf, Why, worthSaying } from './why.svelte';

describe('why entries are one person', () => {
  it('is asked for once and knows what the owner said', async () => {
    const link = { a: '2', b: '1', probability: 0.99, evidence: [] };
    const { api, asked } = fakeApi({ 'GET /people/7/why': { links: [link, { ...link, b: '3' }], said: [['1', '2']] } });
    const why = new Why('7', api);
    await why.load();
    await why.load();
    expect([asked.length, why.links?.map((each) => each.said)]).toEqual([1, [true, false]]);
  });
  it('is told by strength, without what says nothing', () => {
    const line = (field: string, weight: number) => ({ field, agreement: 'exact', weight });
    expect(worthSaying([line('chance', -9), line('name', 3), line('email', 18), line('network', 0)]).map((each) => each.field)).toEqual(['email', 'name']);
    expect([18, -10, 4.5, -2].map(strengthOf)).toEqual(['settles', 'settles', 'strong', 'some']);
  });
});
