// links.ts — from somebody who is here or free to the form that proposes something to them.
import type { MeetingKind } from '$lib/api/types';

export function proposalFor(person: string | null, kind: MeetingKind | null = null, start: string | null = null): string {
  const query = new URLSearchParams();
  if (person) query.set('person', person);
  if (kind) query.set('kind', kind);
  if (start) query.set('start', start);
  return `/meetings/new?${query}`;
}
