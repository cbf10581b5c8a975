// circles.ts — where everybody stands around the owner: the ring tells the stage, the side the relation; pure.
import type { PersonRow, Relation, Stage } from '$lib/api/types';
import { relations } from '$lib/ui/relations';

export const size = 720;
export const centre = size / 2;
export const rings: { stage: Stage; radius: number }[] = [
  { stage: 'met', radius: 110 },
  { stage: 'planned', radius: 170 },
  { stage: 'in_touch', radius: 235 },
  { stage: 'known', radius: 310 },
];

export interface Seat {
  person: PersonRow;
  x: number;
  y: number;
}
export interface Side {
  relation: Relation;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** Each relation's share of the circle grows with its people, so that nobody crowds. */
export function drawCircles(people: PersonRow[]): { seats: Seat[]; sides: Side[] } {
  const present = relations.filter((relation) => people.some((person) => person.relation === relation));
  const weightOf = (relation: Relation) => Math.sqrt(people.filter((person) => person.relation === relation).length) + 1;
  const total = present.reduce((sum, relation) => sum + weightOf(relation), 0);
  const seats: Seat[] = [];
  const sides: Side[] = [];
  let from = -Math.PI / 2;
  for (const relation of present) {
    const width = (weightOf(relation) / total) * 2 * Math.PI;
    for (const ring of rings) {
      const here = people.filter((person) => person.relation === relation && person.stage === ring.stage);
      for (const [at, person] of here.entries()) {
        const angle = from + (width * (at + 0.5)) / here.length;
        // Neighbours stand a little nearer and farther in turn.
        const radius = ring.radius + (here.length > 6 ? ((at % 3) - 1) * 15 : 0);
        seats.push({ person, x: centre + radius * Math.cos(angle), y: centre + radius * Math.sin(angle) });
      }
    }
    const middle = from + width / 2;
    const x = centre + (size / 2 - 14) * Math.cos(middle);
    sides.push({ relation, x, y: centre + (size / 2 - 14) * Math.sin(middle), anchor: x < centre - 60 ? 'start' : x > centre + 60 ? 'end' : 'middle' });
    from += width;
  }
  return { seats, sides };
}
