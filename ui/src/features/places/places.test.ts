import { beforeEach, describe, expect, it } from 'vitest';
import { fakeApi, noNetwork, refuse } from '$lib/api/fake';
import type { Venue } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';
import { ProposalForm } from '../meetings/proposal.svelte';
import { FairPlaceSearch } from './fair.svelte';
import { VenuesForm } from './venues.svelte';

beforeEach(() => clock.set('2026-11-20T18:28:30Z'));

const luna = { id: '1', name: 'Luna', kind: 'cafe', address: 'Rue du Four 1', at: [45.76, 4.83], public: true, quiet: true, step_free: false, outdoor: false, from: 'map', minutes: 12, their_minutes: 15 };
const answer = { by: 'transit', ways: 'estimate', with: 'Bea', first: true, knows_theirs: true, places: [luna] };

describe('a fair place', () => {
  it('is asked for with what was ticked, and without a place in the address', async () => {
    const { api, asked } = fakeApi({ 'POST /fair-places': answer });
    const search = new FairPlaceSearch(api);
    search.wanted.quiet = true;
    search.by = 'bicycle';
    await search.look('7', 'coffee');
    expect(asked[0]!.body).toEqual({ kind: 'coffee', by: 'bicycle', quiet: true, step_free: false, outdoor: false, limit: 5, person: '7' });
    expect(asked[0]!.query.toString()).toBe('');
    expect(search.found?.places.map((place) => place.name)).toEqual(['Luna']);
  });
  it('goes as the server says until something else is chosen', async () => {
    const { api, asked } = fakeApi({ 'POST /fair-places': { ...answer, by: 'car', ways: 'router' } });
    const search = new FairPlaceSearch(api);
    expect(search.way).toBe('transit');
    await search.look(null, 'coffee');
    expect(asked[0]!.body).not.toHaveProperty('by');
    expect(search.way).toBe('car');
    search.by = 'foot';
    await search.look(null, 'coffee');
    expect(asked[1]!.body).toHaveProperty('by', 'foot');
    expect(search.way).toBe('foot');
  });
  it('says that the server knows none only when nothing particular was wanted', async () => {
    const { api } = fakeApi({ 'POST /fair-places': { ...answer, places: [] } });
    const search = new FairPlaceSearch(api);
    await search.look(null, 'walk');
    expect(search.knowsNothing).toBe(true);
    search.wanted.step_free = true;
    await search.look(null, 'walk');
    expect(search.knowsNothing).toBe(false);
  });
  it('tells what is wrong, and goes on from a city', async () => {
    let far = true;
    const { api, asked } = fakeApi({ 'POST /fair-places': () => (far ? refuse(400, 'place.far', 'They are too far apart.') : answer) });
    const search = new FairPlaceSearch(api);
    await search.look('7', 'lunch');
    expect([search.problem?.code, search.found]).toEqual(['place.far', null]);
    far = false;
    search.city = ' Lyon ';
    await search.look('7', 'lunch');
    expect([search.problem, (asked[1]!.body as { city: string }).city]).toEqual([null, 'Lyon']);
  });
  it('only the latest question counts', async () => {
    const waits: (() => void)[] = [];
    const { api } = fakeApi({ 'POST /fair-places': ({ body }: { body: unknown }) => new Promise((resolve) => waits.push(() => resolve({ ...answer, with: (body as { person: string }).person }))) });
    const search = new FairPlaceSearch(api);
    const first = search.look('first', 'coffee'), second = search.look('second', 'coffee');
    await expect.poll(() => waits.length).toBe(2);
    waits[1]!();
    await second;
    waits[0]!();
    await first;
    expect([search.found?.with, search.busy]).toEqual(['second', false]);
  });
  it('goes into the first empty field with its coordinates', async () => {
    const { api, asked } = fakeApi({ 'GET /people/7': { id: '7', name: 'Bea', identities: [] }, 'POST /meetings': { id: '9' }, 'POST /meetings/preview': noNetwork });
    const form = new ProposalForm('UTC', api, 1e6);
    await form.open({ person: '7', kind: 'coffee', start: '2026-11-24T10:00:00Z', place: null, message: null });
    form.takePlace({ name: 'Luna', address: '', public: true, at: [45.76, 4.83] });
    form.takePlace({ name: 'Sol', address: '', public: true });
    expect([form.places.map((place) => place.name), form.hasPlace('Sol')]).toEqual([['Luna', 'Sol'], true]);
    await form.send();
    expect((asked.find((call) => call.path === '/meetings')!.body as { places: unknown[] }).places).toEqual([{ name: 'Luna', public: true, at: [45.76, 4.83] }, { name: 'Sol', public: true }]);
  });
});

describe('own places', () => {
  it('that were imported become what the owner says they are', async () => {
    const imported = { ...luna, kind: 'other', public: false, from: 'check-in' } as unknown as Venue;
    const { api, asked } = fakeApi({ 'PUT /venues/1': luna, 'GET /venues': { items: [luna] } });
    const form = new VenuesForm(api);
    expect(await form.be(imported, 'cafe')).toBe(true);
    expect(asked[0]!.body).toEqual({ name: 'Luna', kind: 'cafe', address: 'Rue du Four 1', at: [45.76, 4.83], public: true, quiet: true, step_free: false, outdoor: false });
    expect(form.shelf.items?.[0]?.kind).toBe('cafe');
  });
  it('keeps apart what an import brought', async () => {
    const { api } = fakeApi({ 'GET /venues': { items: [luna, { ...luna, id: '2', from: 'check-in' }] } });
    const form = new VenuesForm(api);
    await form.shelf.load();
    expect([form.own, form.visited].map((each) => each.map(({ id }) => id))).toEqual([['1'], ['2']]);
  });
  it('are added, listed and removed', async () => {
    let items = [luna];
    const { api, asked } = fakeApi({ 'GET /venues': () => ({ items }), 'POST /venues': luna, 'DELETE /venues/1': () => void (items = []) });
    const form = new VenuesForm(api);
    await form.shelf.load();
    form.name = ' Luna ';
    form.address = 'Rue du Four 1, Lyon';
    form.has.quiet = true;
    expect(await form.add()).toBe(true);
    expect(asked.find((call) => call.method === 'POST')!.body).toEqual({ name: 'Luna', kind: 'cafe', address: 'Rue du Four 1, Lyon', public: true, quiet: true, step_free: false, outdoor: false });
    expect(form.name).toBe('');
    await form.stand(async () => null);
    expect([form.at, form.isUnknown]).toEqual([null, true]);
    await form.shelf.remove(form.shelf.items![0]!);
    expect(form.shelf.items).toEqual([]);
  });
});
