// cities.ts — cities by the beginning of their name, as choices of a field that finds while one types.
import { api as realApi, ask, type Api } from '../api/client';
import type { City } from '../api/types';
import type { Choice } from './finder.svelte';

const countries = new Intl.DisplayNames('en', { type: 'region' });

export async function findCities(query: string, api: Api = realApi): Promise<Choice<City>[]> {
  const { items } = await ask(api.GET('/cities', { params: { query: { query } } }));
  return items.map((city) => ({
    key: `${city.name}|${city.at.join()}`,
    label: city.name,
    hint: countries.of(city.country) ?? city.country,
    item: city,
  }));
}
