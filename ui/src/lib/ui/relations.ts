// relations.ts — each relation's shape, drawn around 0,0; colour is never alone.
import type { Relation } from '$lib/api/types';

/** Closest first: an encounter of several people takes the closest one's relation. */
export const relations: Relation[] = ['relative', 'friend', 'customer', 'colleague', 'competitor', 'acquaintance', 'stranger'];

export const shapes: Record<Relation, string> = {
  friend: 'M-4.6 0A4.6 4.6 0 1 1 4.6 0A4.6 4.6 0 1 1-4.6 0Z',
  relative: 'M0-5.4 5.4 0 0 5.4-5.4 0Z',
  colleague: 'M-4.2-4.2H4.2V4.2H-4.2Z',
  customer: 'M0-4.9 5 4.1H-5Z',
  competitor: 'M0 4.9 5-4.1H-5Z',
  acquaintance: 'M-5 2.6A5 5 0 0 1 5 2.6Z',
  stranger: 'M-1.6-4.9H1.6V-1.6H4.9V1.6H1.6V4.9H-1.6V1.6H-4.9V-1.6H-1.6Z',
};
