import { describe, expect, it } from 'vitest';
import { nextBirthday } from './birthday';

describe('the next birthday', () => {
  it('may be today', () => expect(nextBirthday({ year: 1980, month: 11, day: 20 }, [2026, 10, 20])).toEqual({ days: 0, turns: 46 }));
  it('may be next year', () => expect(nextBirthday({ year: null, month: 11, day: 19 }, [2026, 10, 20])).toEqual({ days: 364, turns: null }));
  it('of 29 February is on 1 March in most years', () => expect(nextBirthday({ year: 2000, month: 2, day: 29 }, [2026, 1, 28])).toEqual({ days: 1, turns: 26 }));
});
