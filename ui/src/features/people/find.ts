// find.ts — people by name, as choices of a field that finds while one types.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { PersonRow } from '$lib/api/types';
import type { Choice } from '$lib/ui/finder.svelte';

export async function findPeople(text: string, but: string | null = null, api: Api = realApi): Promise<Choice<PersonRow>[]> {
  const { items } = await ask(api.GET('/people', { params: { query: { query: text.trim(), limit: 8 } } }));
  return items
    .filter((person) => person.id !== but)
    .map((person) => ({
      key: person.id,
      label: person.name,
      hint: [person.title, person.organisation, person.city].filter(Boolean).join(', '),
      item: person,
    }));
}
