import { describe, expect, it } from 'vitest';
import type { PersonDetail } from '$lib/api/types';
import { drawYears, rowHeight, width } from './strip';

const civil = (at: string): [number, number, number] => {
  const date = new Date(at);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
};
const now = Date.parse('2026-11-20T12:00:00Z');
const person = {
  contacts: { in: 0, out: 0, by_channel: {}, by_month: [{ month: '2024-02', in: 1, out: 0 }, { month: '2026-03', in: 60, out: 40 }] },
  encounters_list: [{ start: '2026-08-14T17:00:00Z', end: null }, { start: '2026-12-01T17:00:00Z', end: null }],
} as unknown as PersonDetail;

describe('the years of a person', () => {
  const strip = drawYears(person, civil, now);
  it('have a row for each year that holds anything, the newest first', () => expect(strip.rows.map((row) => row.year)).toEqual([2026, 2024]));
  it('show the month with one message beside the one with a hundred', () => {
    expect(strip.bars).toHaveLength(2);
    const [few, many] = strip.bars;
    expect(few!.height).toBeGreaterThanOrEqual(1);
    expect(many!.height).toBeGreaterThan(few!.height * 3);
  });
  it('tell meetings that were from those that are planned', () => expect(strip.dots.map((dot) => dot.planned)).toEqual([false, true]));
  it('stay inside the drawing', () => {
    for (const bar of strip.bars) expect(bar.y).toBeGreaterThan(0);
    for (const dot of strip.dots) expect(dot.x > 0 && dot.x < width && dot.y > 0 && dot.y < rowHeight * 2).toBe(true);
  });
  it('leave the oldest out when there are too many', () => expect(drawYears(person, civil, now, 1).rows.map((row) => row.year)).toEqual([2026]));
});
