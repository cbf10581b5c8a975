import { describe, expect, it } from 'vitest';
import type { Relation, StripMark } from '$lib/api/types';
import { busiest, drawStrip, monthTable, pitch, weekOf } from './strip';

const mark = (week: number, relation: Relation = 'friend', planned = false, person = '1'): StripMark => ({
  week,
  start: '2026-01-05T12:00:00Z',
  person: { id: person, name: 'Arjun Chauhan' },
  relation,
  planned,
  kind: planned ? 'meeting' : 'encounter',
});

describe('the year strip', () => {
  it('stacks what is done before what is planned, and the closest lowest', () => {
    const [first] = drawStrip([mark(1, 'friend', true), mark(1, 'colleague'), mark(1, 'relative')], 2026, null);
    expect(first.marks.map((each) => [each.relation, each.planned, each.y])).toEqual([
      ['relative', false, 84.6],
      ['colleague', false, 84.6 - 11.8],
      ['friend', true, 84.6 - 2 * 11.8],
    ]);
  });
  it('puts the weeks from 27 into the second half', () => {
    const [first, second] = drawStrip([mark(26), mark(27), mark(52)], 2026, null);
    expect(first.marks.map((each) => each.x)).toEqual([25 * pitch + pitch / 2]);
    expect(second.marks.map((each) => each.x)).toEqual([pitch / 2, 25 * pitch + pitch / 2]);
  });
  it('draws seven of a week and counts the rest', () => {
    const [first] = drawStrip(Array.from({ length: 10 }, () => mark(3)), 2026, null);
    expect(first.marks).toHaveLength(7);
    expect(first.more.map((each) => each.n)).toEqual([3]);
  });
  it('has the today line at the left edge of the current week, only in its own year', () => {
    const [first, second] = drawStrip([], 2026, [2026, 10, 20]);
    expect([first.now, second.now]).toEqual([null, 20 * pitch]);
    expect(drawStrip([], 2025, [2026, 10, 20])[1].now).toBeNull();
  });
  it('lets the last day of the year join week 52', () => expect([weekOf(0), weekOf(363), weekOf(364), weekOf(365)]).toEqual([0, 51, 51, 51]));
  it('counts people of a month once, and nothing that is only planned', () => {
    const table = monthTable([mark(1), mark(2), mark(2, 'friend', false, '2'), mark(3, 'friend', true)], () => [2026, 0, 5]);
    expect(table).toEqual([{ month: 0, encounters: 3, people: 2 }]);
  });
  it('knows the busiest week', () => expect([busiest([]), busiest([mark(1), mark(1), mark(2)])]).toEqual([0, 2]));
});
