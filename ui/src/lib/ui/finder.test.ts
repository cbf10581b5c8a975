import { describe, expect, it } from 'vitest';
import { Finder, type Choice } from './finder.svelte';

const choice = (label: string): Choice<string> => ({ key: label, label, hint: '', item: label });

describe('finding while one types', () => {
  it('asks once after a pause, for the last thing typed', async () => {
    const asked: string[] = [];
    const finder = new Finder<string>(async (text) => (asked.push(text), [choice(text)]), 5);
    finder.look('t');
    finder.look('to');
    finder.look('tor');
    await expect.poll(() => finder.choices.map((each) => each.label)).toEqual(['tor']);
    expect(asked).toEqual(['tor']);
  });
  it('drops an answer that comes after a newer question', async () => {
    const waiting = new Map<string, (choices: Choice<string>[]) => void>();
    const finder = new Finder<string>((text) => new Promise((resolve) => waiting.set(text, resolve)), 0);
    finder.look('a');
    await expect.poll(() => waiting.has('a')).toBe(true);
    finder.look('b');
    await expect.poll(() => waiting.has('b')).toBe(true);
    waiting.get('b')!([choice('b')]);
    waiting.get('a')!([choice('a')]);
    await expect.poll(() => finder.looking).toBe(false);
    expect(finder.choices.map((each) => each.label)).toEqual(['b']);
  });
  it('is empty for an empty field, and for an error', async () => {
    const finder = new Finder<string>(() => Promise.reject(new Error('no')), 0);
    finder.look('x');
    await expect.poll(() => finder.looking).toBe(false);
    finder.look('  ');
    expect([finder.choices, finder.looking]).toEqual([[], false]);
  });
});
