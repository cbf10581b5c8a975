// filters.ts — what leaves people out of the list; its one home is the address, so that it can be kept, shared and gone back to.
import type { Relation, Stage } from '$lib/api/types';
import { relations } from '$lib/ui/relations';

export type Seen = 'never' | 'year' | 'blocked';
export type View = 'list' | 'map' | 'circles';

export interface Filters {
  query: string;
  stage: Stage | null;
  relation: Relation | null;
  city: string;
  tag: string;
  list: string;
  seen: Seen | null;
  /** By name; whom to see first, first, otherwise. */
  order: 'name' | null;
}

export const stages: Stage[] = ['known', 'in_touch', 'planned', 'met'];
export const seens: Seen[] = ['never', 'year', 'blocked'];
export const views: View[] = ['list', 'map', 'circles'];
export const noFilters: Filters = { query: '', stage: null, relation: null, city: '', tag: '', list: '', seen: null, order: null };

function oneOf<T extends string>(known: readonly T[], text: string | null): T | null {
  return known.find((each) => each === text) ?? null;
}

export function readFilters(query: URLSearchParams): Filters {
  return {
    query: query.get('query') ?? '',
    stage: oneOf(stages, query.get('stage')),
    relation: oneOf(relations, query.get('relation')),
    city: query.get('city') ?? '',
    tag: query.get('tag') ?? '',
    list: /^\d+$/.exec(query.get('list') ?? '')?.[0] ?? '',
    seen: oneOf(seens, query.get('seen')),
    order: oneOf(['name'] as const, query.get('order')),
  };
}

export function readView(query: URLSearchParams): View {
  return oneOf(views, query.get('view')) ?? 'list';
}

export function writeFilters(filters: Filters, view: View = 'list'): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) if (value) query.set(key, value);
  if (view !== 'list') query.set('view', view);
  const text = query.toString();
  return text ? `/people?${text}` : '/people';
}

/** What the API is asked for. */
export function askedFor(filters: Filters) {
  const { query, stage, relation, city, tag, list, seen, order } = filters;
  return { ...(query && { query }), ...(stage && { stage }), ...(relation && { relation }), ...(city && { city }), ...(tag && { tag }), ...(list && { list }), ...(seen && { seen }), ...(order !== 'name' && { order: 'first' as const }) };
}

/** "never met" typed into the search is the filter of that name. */
export function heard(filters: Filters, words: Record<'never' | 'year', string[]>): Filters {
  for (const seen of ['never', 'year'] as const)
    for (const phrase of words[seen]) {
      const at = filters.query.toLowerCase().indexOf(phrase);
      if (at >= 0) return { ...filters, seen, query: `${filters.query.slice(0, at)} ${filters.query.slice(at + phrase.length)}`.replace(/\s+/g, ' ').trim() };
    }
  return filters;
}
