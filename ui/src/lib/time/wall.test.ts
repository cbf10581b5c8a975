import { describe, expect, it } from 'vitest';
import { fromWall, isWall, toWall } from './wall';

describe('wall time', () => {
  it('becomes an instant and back', () => {
    const at = fromWall('2026-11-24T10:00', 'America/Toronto');
    expect(at.toISOString()).toBe('2026-11-24T15:00:00.000Z');
    expect(toWall(at, 'America/Toronto')).toBe('2026-11-24T10:00');
  });
  it('moves on by the hour that a clock change skips', () => {
    expect(toWall(fromWall('2026-03-08T02:30', 'America/Toronto'), 'America/Toronto')).toBe('2026-03-08T03:30');
  });
  it('takes the first of an hour that comes twice', () => {
    expect(fromWall('2026-11-01T01:30', 'America/Toronto').toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });
  it('is told from half a date', () => expect([isWall('2026-11-24T10:00'), isWall('2026-11-24')]).toEqual([true, false]));
});
