import { describe, expect, it } from 'vitest';
import { sideOf } from './swipe';

describe('a swipe', () => {
  it('answers when it goes far to one side', () => expect([sideOf(-140, 20), sideOf(140, -30)]).toEqual(['left', 'right']));
  it('is none when it is short, or when the page was scrolled', () => expect([sideOf(60, 0), sideOf(-120, 160)]).toEqual([null, null]));
});
