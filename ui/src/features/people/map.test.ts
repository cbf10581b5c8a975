import { describe, expect, it } from 'vitest';
import { boundsOf, widthOf } from './map';

describe('the map', () => {
  it('holds all places, and some land around one', () => {
    expect(boundsOf([{ at: [43.7, -79.4] }])).toEqual([[-82.4, 40.7], [-76.4, 46.7]]);
    expect(boundsOf([{ at: [43.7, -79.4] }, { at: [31.2, 121.5] }])).toEqual([[-82.4, 28.2], [124.5, 46.7]]);
  });
  it('stays on the globe', () => expect(boundsOf([{ at: [79, 179] }])[1]).toEqual([180, 80]));
  it('has larger marks for more people, within reason', () => {
    expect(widthOf(2)).toBeGreaterThan(widthOf(1));
    expect(widthOf(10_000)).toBe(64);
  });
});
