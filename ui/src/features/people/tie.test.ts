import { describe, expect, it } from 'vitest';
import type { PersonDetail } from '$lib/api/types';
import { drawTie, lineEnd, lineStart, stepsOf } from './tie';

const person = {
  began: { network: 'linkedin', at: '2022-04-27T00:00:00Z', kind: 'connected' },
  contacts: { in: 3, out: 1, by_month: [{ month: '2023-07', in: 2, out: 1 }, { month: '2025-03', in: 1, out: 0 }], by_channel: {} },
  first_met: '2025-08-14T17:00:00Z',
  last_met: '2026-08-14T17:00:00Z',
  encounters_list: [
    { kind: 'walk', start: '2025-08-14T17:00:00Z', place: { name: 'Paper Pear' } },
    { kind: 'lunch', start: '2026-08-14T17:00:00Z', place: { name: 'Red Fig' } },
  ],
} as unknown as PersonDetail;
const now = Date.parse('2026-11-20T18:28:30Z');

describe('the tie line', () => {
  it('goes from the first click over the first message to the first meeting and the last', () => {
    expect(stepsOf(person).map((step) => [step.what, step.of, step.detail])).toEqual([
      ['began', 'linkedin', 'connected'],
      ['wrote', '', null],
      ['met', 'walk', 'Paper Pear'],
      ['last', 'lunch', 'Red Fig'],
    ]);
  });
  it('is true to time', () => {
    const drawn = drawTie(stepsOf(person), [], now);
    const [first, wrote, met] = drawn.steps;
    expect(first?.x).toBe(lineStart);
    expect(wrote!.x).toBeGreaterThan(lineStart);
    expect(met!.x).toBeLessThan(lineEnd);
    expect((wrote!.x - lineStart) / (lineEnd - lineStart)).toBeCloseTo((Date.parse('2023-07-15T12:00:00Z') - Date.parse('2022-04-27')) / (now - Date.parse('2022-04-27')), 3);
  });
  it('never lets two labels of one side touch', () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ at: Date.parse('2024-01-01') + n * 30 * 86_400_000, what: 'wrote' as const, of: 'x', detail: null }));
    const { steps } = drawTie(many, [], now);
    for (const side of ['above', 'below'] as const) {
      const xs = steps.filter((step) => step.side === side).map((step) => step.x);
      for (let at = 1; at < xs.length; at += 1) expect(xs[at]! - xs[at - 1]!).toBeGreaterThanOrEqual(104);
    }
  });
  it('says once that you met when it was once', () => {
    expect(stepsOf({ ...person, last_met: person.first_met }).map((step) => step.what)).toEqual(['began', 'wrote', 'met']);
  });
  it('has a tick for each message of a month, within the month', () => {
    const { ticks } = drawTie(stepsOf(person), [{ month: '2025-03', in: 2, out: 1 }], now);
    expect(ticks).toHaveLength(3);
    expect(ticks.toSorted((a, b) => a - b)).toEqual(ticks);
  });
  it('is empty for somebody of whom no date is known', () => {
    expect(stepsOf({ ...person, began: null, contacts: { ...person.contacts, by_month: [] }, first_met: null })).toEqual([]);
  });
});
