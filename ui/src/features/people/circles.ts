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

/** Above the middle nobody stands: there the rings have their names. */
const gap = 0.2;

/** Each relation's share of the circle grows with its people, so that nobody crowds; relations in the order they stand in. */
export function drawCircles(people: PersonRow[]): { seats: Seat[]; present: Relation[] } {
  const present = relations.filter((relation) => people.some((person) => person.relation === relation));
  const weightOf = (relation: Relation) => Math.sqrt(people.filter((person) => person.relation === relation).length) + 1;
  const total = present.reduce((sum, relation) => sum + weightOf(relation), 0);
  const seats: Seat[] = [];
  let from = gap - Math.PI / 2;
  for (const relation of present) {
    const width = (weightOf(relation) / total) * 2 * (Math.PI - gap);
    for (const ring of rings) {
      const here = people.filter((person) => person.relation === relation && person.stage === ring.stage);
      for (const [at, person] of here.entries()) {
        const angle = from + (width * (at + 0.5)) / here.length;
        // Neighbours stand a little nearer and farther in turn.
        const radius = ring.radius + (here.length > 6 ? ((at % 3) - 1) * 15 : 0);
        seats.push({ person, x: centre + radius * Math.cos(angle), y: centre + radius * Math.sin(angle) });
      }
    }
    from += width;
  }
  return { seats, present };
}
