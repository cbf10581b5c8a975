import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { clock } from '$lib/time/clock.svelte';
import { Around, FreeForm, HereForm, NearbyForm } from './around.svelte';
import { proposalFor } from './links';

class Shelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}
beforeEach(() => {
  clock.set('2026-11-20T18:28:30Z');
  vi.stubGlobal('localStorage', new Shelf());
});

const bob = { handle: 'bob', name: 'Bob', person: '7' };
const nothing = { mine: null, others: [], notes: [] };
const here = { mine: { place: 'Lyon', at: [45.75, 4.85], exact: false, until: '2026-11-20T19:28:30Z', shown_to: [bob] }, others: [], notes: [{ who: bob, checked_in: false, until: '2026-11-20T19:28:30Z' }] };

describe('I’m here', () => {
  it('is said coarsely, for an hour, to whom was chosen', async () => {
    const { api, asked } = fakeApi({ 'PUT /check-ins/mine': here, 'GET /lists': { items: [{ id: '3', name: 'Close', search: '', people: 1 }, { id: '4', name: 'Search', search: 'stage=met', people: 0 }], tags: [] } });
    const form = new HereForm(api);
    await form.circles.load();
    expect(form.circles.known.map((list) => list.name)).toEqual(['Close']);
    form.circles.toggle('friend');
    form.circles.toggleList('3');
    expect(await form.say(async () => [45.76123, 4.83])).toEqual(here);
    expect(asked.at(-1)!.body).toEqual({ at: [45.76123, 4.83], exact: false, minutes: 60, circles: { relations: ['friend'], lists: ['3'], people: [] } });
  });
  it('remembers whom it was shown to the last time', async () => {
    const { api } = fakeApi({ 'GET /lists': { items: [], tags: [] } });
    const first = new HereForm(api);
    first.circles.toggle('friend');
    first.circles.add({ id: '7', name: 'Bob' });
    const second = new HereForm(api);
    await second.circles.load();
    expect([second.circles.relations, second.circles.people]).toEqual([['friend'], [{ id: '7', name: 'Bob' }]]);
    second.circles.drop('7');
    expect(second.circles.body.people).toEqual([]);
  });
  it('asks for a city when the browser does not say where', async () => {
    const { api, asked } = fakeApi({ 'PUT /check-ins/mine': here });
    const form = new HereForm(api);
    expect(await form.say(async () => null)).toBeNull();
    expect([form.where.isUnknown, asked.length]).toEqual([true, 0]);
    form.where.choose({ name: 'Lyon', country: 'FR', at: [45.75, 4.85], zone: 'Europe/Paris' });
    expect(await form.say(async () => null)).toEqual(here);
  });
  it('is taken back, and notes are seen to', async () => {
    let now: unknown = here;
    const { api } = fakeApi({ 'GET /check-ins': () => now, 'GET /free-to-meet': { mine: [], shown: [] }, 'DELETE /check-ins/mine': () => void (now = nothing), 'POST /nearby/bob/seen': undefined });
    const around = new Around(api);
    await around.load();
    expect(around.notes.map((note) => note.who.name)).toEqual(['Bob']);
    await around.seen(around.notes[0]!);
    expect(around.notes).toEqual([]);
    await around.leave();
    expect(around.here).toEqual(nothing);
  });
});

describe('free to meet', () => {
  it('begins with tomorrow evening and sends the owner’s time', async () => {
    const free = { mine: [], shown: [] };
    const { api, asked } = fakeApi({ 'POST /free-to-meet': free });
    const form = new FreeForm('America/Toronto', api);
    form.begin([43.65, -79.35]);
    expect([form.from, form.to]).toEqual(['2026-11-21T17:00', '2026-11-21T20:00']);
    form.kind = 'walk';
    form.circles.toggle('colleague');
    expect(await form.be(async () => null)).toEqual(free);
    expect(asked[0]!.body).toEqual({ start: '2026-11-21T22:00:00.000Z', end: '2026-11-22T01:00:00.000Z', at: [43.65, -79.35], radius_km: 3, kind: 'walk', circles: { relations: ['colleague'], lists: [], people: [] } });
  });
  it('shows why not', async () => {
    const { api } = fakeApi({ 'POST /free-to-meet': refuse(409, 'circles.nobody', 'nobody would see it') });
    const form = new FreeForm('UTC', api);
    form.begin([1, 1]);
    form.circles.toggle('friend');
    expect(await form.be(async () => null)).toBeNull();
    expect(form.sending.problem?.code).toBe('circles.nobody');
  });
  it('leads to a proposal', () => expect(proposalFor('7', 'walk', '2026-11-21T22:00:00Z')).toBe('/meetings/new?person=7&kind=walk&start=2026-11-21T22%3A00%3A00Z'));
});

describe('who is near', () => {
  it('is nobody’s business until it is turned on', async () => {
    const { api, asked } = fakeApi({ 'GET /lists': { items: [], tags: [] }, 'GET /nearby': { circles: { relations: ['friend'], lists: [], people: ['7'] } }, 'GET /people/7': { id: '7', name: 'Bob', identities: [] }, 'PUT /nearby': { circles: null } });
    const form = new NearbyForm(api);
    await form.load();
    expect([form.isOn, form.circles.people]).toEqual([true, [{ id: '7', name: 'Bob' }]]);
    form.isOn = false;
    expect(await form.save()).toBe(true);
    expect(asked.at(-1)!.body).toEqual({ circles: null });
  });
});
