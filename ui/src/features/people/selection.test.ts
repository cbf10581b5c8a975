import { describe, expect, it } from 'vitest';
import type { PersonRow } from '$lib/api/types';
import { fakeApi, refuse } from '$lib/api/fake';
import { Selection } from './selection.svelte';
import { Sorting, tagsOf } from './sorting.svelte';

const rows = [{ id: '1' }, { id: '2' }] as PersonRow[];

describe('choosing several people', () => {
  it('sends one change for all of them and hears what undoes it', async () => {
    const { api, asked } = fakeApi({ 'POST /people/bulk': { people: 2, act: '9' } });
    const selection = new Selection(api);
    selection.start();
    selection.setAll(rows, true);
    expect(await selection.change({ add_tags: ['press'] })).toEqual({ people: 2, act: '9' });
    expect(asked[0]?.body).toEqual({ ids: ['1', '2'], add_tags: ['press'] });
  });
  it('knows which tags can be taken off: those of the chosen alone', async () => {
    const { api, asked } = fakeApi({ 'POST /people/bulk': { people: 1, act: '9' } });
    const selection = new Selection(api);
    const tagged = [{ id: '1', tags: ['tea', 'press'] }, { id: '2', tags: ['tea'] }, { id: '3', tags: ['sea'] }] as PersonRow[];
    selection.set('1', true);
    selection.set('2', true);
    expect(selection.tags(tagged)).toEqual(['press', 'tea']);
    await selection.change({ remove_tags: ['tea'], remove_from: '4' });
    expect(asked[0]?.body).toEqual({ ids: ['1', '2'], remove_tags: ['tea'], remove_from: '4' });
  });
  it('forgets who was chosen when it ends', () => {
    const selection = new Selection(fakeApi({}).api);
    selection.set('1', true);
    selection.set('2', true);
    selection.set('1', false);
    expect([selection.has('2'), selection.count, selection.hasAll(rows)]).toEqual([true, 1, false]);
    selection.stop();
    expect([selection.on, selection.count]).toEqual([false, 0]);
  });
});

describe('lists and tags', () => {
  it('are parted at commas', () => expect(tagsOf(' press, tea ,, press')).toEqual(['press', 'tea']));
  it('say why a list could not be made', async () => {
    const sorting = new Sorting(fakeApi({ 'POST /lists': () => refuse(409, 'list.name_taken', '') }).api);
    expect(await sorting.add('Lyon', '')).toBeNull();
    expect(sorting.sending.problem?.status).toBe(409);
  });
});
