import { beforeEach, describe, expect, it } from 'vitest';
import { fakeApi, noNetwork } from '$lib/api/fake';
import { clock } from '$lib/time/clock.svelte';
import { FreeTimes } from './free.svelte';
import { Times } from './times.svelte';

beforeEach(() => clock.set('2026-11-20T18:28:30Z'));

const slot = (start: string, can: string[] = []) => ({ start, end: start, can, cannot: [] });

describe('good times', () => {
  it('are asked for once for the same wish', async () => {
    const { api, asked } = fakeApi({ 'GET /free-time': { with: [{ handle: 'bob', name: 'Bob', shares: true, zone: 'Asia/Tokyo' }], slots: [slot('2026-11-24T12:00:00Z', ['bob'])] } });
    const free = new FreeTimes(api);
    await free.look('7', 'lunch', 90);
    await free.look('7', 'lunch', 90);
    expect(asked.map((each) => each.query.toString())).toEqual(['kind=lunch&minutes=90&limit=6&person=7']);
    expect([free.other?.name, free.suitsBoth(free.slots[0]!)]).toEqual(['Bob', true]);
  });
  it('are none without a network', async () => {
    const free = new FreeTimes(fakeApi({ 'GET /free-time': noNetwork }).api);
    await free.look(null, 'coffee', 60);
    expect(free.slots).toEqual([]);
  });
});

describe('taking a time', () => {
  it('takes the place of the one nobody typed, then adds', () => {
    const times = new Times('America/Toronto');
    times.suit('coffee');
    times.toggle('2026-11-24T17:00:00Z');
    expect(times.walls).toEqual(['2026-11-24T12:00']);
    times.toggle('2026-11-25T17:00:00Z');
    expect(times.walls).toEqual(['2026-11-24T12:00', '2026-11-25T12:00']);
    times.toggle('2026-11-24T17:00:00Z');
    expect([times.walls, times.has('2026-11-25T17:00:00Z')]).toEqual([['2026-11-25T12:00'], true]);
  });
  it('leaves what somebody typed', () => {
    const times = new Times('UTC');
    times.suit('coffee');
    times.walls[0] = '2026-11-27T09:00';
    times.toggle('2026-11-24T17:00:00Z');
    expect(times.walls).toEqual(['2026-11-27T09:00', '2026-11-24T17:00']);
  });
  it('takes five at most', () => {
    const times = new Times('UTC');
    for (let day = 21; day < 28; ++day) times.toggle(`2026-11-${day}T09:00:00Z`);
    expect(times.walls.length).toBe(5);
  });
});
