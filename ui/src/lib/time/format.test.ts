import { describe, expect, it } from 'vitest';
import { Dates } from './format';

const now = () => Date.parse('2026-11-20T18:28:30Z');
const toronto = new Dates('en-GB', 'America/Toronto', now);

describe('dates as people say them', () => {
  it('leave out this year', () => expect(toronto.dayTime('2026-11-23T17:30:00Z')).toBe('Monday 23 November, 12:30'));
  it('name today and tomorrow', () => {
    expect(toronto.coming('2026-11-20T20:00:00Z')).toBe('Today, 15:00');
    expect(toronto.coming('2026-11-21T20:00:00Z')).toBe('Tomorrow, 15:00');
    expect(toronto.coming('2026-11-22T20:00:00Z')).toBe('Sunday 22 November, 15:00');
  });
  it('name another year', () => expect(toronto.date('2025-12-04T20:00:00Z')).toBe('4 December 2025'));
  it('say a birthday in the reader’s order, in every zone', () => {
    expect(toronto.birthday({ year: 1936, month: 8, day: 22 })).toBe('22 August 1936');
    expect(toronto.birthday({ year: null, month: 2, day: 29 })).toBe('29 February');
    expect(new Dates('en-US', 'Asia/Tokyo', now).birthday({ year: 1936, month: 1, day: 1 })).toBe('January 1, 1936');
  });
  it('stand in the account’s zone, not in UTC', () => expect(toronto.date('2026-11-21T02:00:00Z')).toBe('20 November'));
  it('count days by the wall calendar', () => {
    expect(toronto.daysFromNow('2026-11-21T04:59:00Z')).toBe(0);
    expect(toronto.daysFromNow('2026-11-21T05:01:00Z')).toBe(1);
    expect(toronto.daysFromNow('2026-11-19T12:00:00Z')).toBe(-1);
  });
  it('have a month’s name without a zone in the way', () => expect(toronto.monthName(0, 'short')).toBe('Jan'));
  it('can be said for another zone', () => expect(toronto.in('Asia/Shanghai').dayTime('2026-11-20T17:28:00Z')).toBe('Saturday 21 November, 01:28'));
});
