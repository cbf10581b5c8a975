import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { Undo } from './undo.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('undoing', () => {
  it('asks the server to take the act back, and shows what is then', async () => {
    const { api, asked } = fakeApi({ 'POST /acts/7/undo': { kind: 'merge', people: [] } });
    const undo = new Undo(api);
    const after = vi.fn();
    undo.offer('Made one.', '7', after);
    await undo.undo('Undone.');
    expect([asked[0]?.path, undo.text, undo.isOffered]).toEqual(['/acts/7/undo', 'Undone.', false]);
    expect(after).toHaveBeenCalledOnce();
  });
  it('offers nothing for what left no act', () => {
    const undo = new Undo(fakeApi({}).api);
    undo.offer('Nothing', null, () => undefined);
    expect(undo.isOffered).toBe(false);
  });
  it('goes away by itself, but not while somebody is at it', () => {
    const undo = new Undo(fakeApi({}).api);
    undo.offer('Made one.', '7', () => undefined);
    undo.hold();
    vi.advanceTimersByTime(60_000);
    expect(undo.isOffered).toBe(true);
    undo.wait();
    vi.advanceTimersByTime(60_000);
    expect(undo.isOffered).toBe(false);
  });
  it('says when it could not be done, and can be tried again', async () => {
    const { api } = fakeApi({ 'POST /acts/7/undo': () => refuse(503, 'busy', '') });
    const undo = new Undo(api);
    undo.offer('Made one.', '7', () => undefined);
    await undo.undo('Undone.');
    expect([undo.problem?.status, undo.isOffered]).toEqual([503, true]);
  });
});
