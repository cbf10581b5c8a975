import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from './clock.svelte';

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(Date.parse('2026-11-20T18:00:00Z'));
  });
  afterEach(() => vi.useRealTimers());

  it('ticks until the last who asked for it has ended', () => {
    const clock = new Clock();
    const [first, second] = [clock.run(), clock.run()];
    first();
    first(); // twice is once
    vi.advanceTimersByTime(5000);
    expect(clock.ticking).toBe(Date.parse('2026-11-20T18:00:05Z'));
    second();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells the time of now, not of its last tick, when nobody lets it run', () => {
    const clock = new Clock();
    clock.run()();
    vi.setSystemTime(Date.parse('2026-11-20T19:00:00Z'));
    expect(clock.ticking).toBe(Date.parse('2026-11-20T19:00:00Z'));
  });
});
