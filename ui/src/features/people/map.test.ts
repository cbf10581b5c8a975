import { describe, expect, it } from 'vitest';
import { boundsOf, bunchUp, unwrap, widthOf, type MapMark } from './map';

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
  it('draws what crosses the 180th meridian in one piece', () => {
    const fiji = [[178, -17], [180, -17], [-179, -16], [180, -15], [178, -17]];
    expect(unwrap(fiji)).toEqual([[178, -17], [180, -17], [181, -16], [180, -15], [178, -17]]);
    expect(unwrap([[-170, 65], [-179, 66], [179, 67], [-170, 65]])).toEqual([[-170, 65], [-179, 66], [-181, 67], [-170, 65]]);
  });
  it('makes one of marks that would touch, and loses nobody', () => {
    const mark = (x: number, size: number) => ({ at: [0, x], size, label: `${x}`, title: '', href: '' }) as MapMark;
    const bunches = bunchUp([mark(0, 12), mark(20, 2), mark(40, 1), mark(300, 3)], (each) => ({ x: each.at[1], y: 0 }));
    expect(bunches.map((bunch) => bunch.size).toSorted((a, b) => a - b)).toEqual([3, 15]);
    expect(bunches.find((bunch) => bunch.size === 15)?.x).toBe(0);
    for (const one of bunches) for (const other of bunches) if (one !== other) expect(Math.abs(one.x - other.x)).toBeGreaterThan((widthOf(one.size) + widthOf(other.size)) / 2);
  });
});
