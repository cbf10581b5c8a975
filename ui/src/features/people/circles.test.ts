import { describe, expect, it } from 'vitest';
import type { PersonRow } from '$lib/api/types';
import { centre, drawCircles, size } from './circles';

const person = (id: number, relation: string, stage: string) => ({ id: String(id), relation, stage }) as PersonRow;
const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - centre, y - centre);

describe('the circles', () => {
  it('put who was met nearer than who is only known', () => {
    const { seats } = drawCircles([person(1, 'friend', 'known'), person(2, 'friend', 'met')]);
    const [met, known] = ['2', '1'].map((id) => seats.find((seat) => seat.person.id === id)!);
    expect(far(met!)).toBeLessThan(far(known!));
  });
  it('give everybody a place of their own inside the drawing', () => {
    const many = Array.from({ length: 300 }, (_, n) => person(n, n % 2 ? 'friend' : 'colleague', ['met', 'planned', 'in_touch', 'known'][n % 4]!));
    const { seats, present } = drawCircles(many);
    expect(new Set(seats.map((seat) => `${seat.x.toFixed(2)} ${seat.y.toFixed(2)}`)).size).toBe(300);
    for (const seat of seats) expect(seat.x > 0 && seat.x < size && seat.y > 0 && seat.y < size).toBe(true);
    expect(present).toEqual(['friend', 'colleague']);
    const above = seats.filter((seat) => seat.y < centre && Math.abs(seat.x - centre) < 20);
    expect(above).toEqual([]); // there the rings have their names
  });
  it('are empty without people', () => expect(drawCircles([])).toEqual({ seats: [], present: [] }));
});
