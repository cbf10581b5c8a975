// map.ts — the plan's places on the map, numbered in the order of the plan, each day's way between them.
import type { Marker } from 'maplibre-gl';
import { boundsOf, groundIn, type MapWords } from '../people/map';
import { isFirst, type Day } from './days';

export interface Pin {
  at: [number, number];
  numbers: number[];
  names: string[];
  first: boolean;
}

/** Those at one place share a pin: places are often no finer than a city's middle. */
export function pinsOf(days: Day[]): Pin[] {
  const pins: Pin[] = [];
  for (const day of days)
    for (const { one, number } of day.stops) {
      const at: [number, number] = [one.at[0] ?? 0, one.at[1] ?? 0];
      let pin = pins.find((each) => each.at[0] === at[0] && each.at[1] === at[1]);
      if (!pin) pins.push((pin = { at, numbers: [], names: [], first: false }));
      pin.numbers.push(number);
      pin.names.push(one.person.name);
      pin.first ||= isFirst(one);
    }
  return pins;
}

/** "1", "1, 3", "1–4", "1 … 12" */
export function labelOf(numbers: number[]): string {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  if (numbers.length <= 2) return numbers.join(', ');
  return last - first === numbers.length - 1 ? `${first}–${last}` : `${first} … ${last}`;
}

/** Each day from where one stays through its stops, as [longitude, latitude]. */
export function routesOf(days: Day[], stay: [number, number]): [number, number][][] {
  const turned = ([lat, lng]: [number, number]): [number, number] => [lng, lat];
  return days.filter((day) => day.stops.length > 0).map((day) => [stay, ...day.stops.map(({ one }): [number, number] => [one.at[0] ?? 0, one.at[1] ?? 0]), stay].map(turned));
}

function elementFor(pin: Pin): HTMLElement {
  const mark = document.createElement('span');
  mark.className = pin.first ? 'pinno new' : 'pinno';
  mark.textContent = labelOf(pin.numbers);
  mark.title = pin.names.join(', ');
  return mark;
}

/** Draws it; the answer takes the map away again. Calls `unable` where no map can be drawn. */
export async function showPlan(box: HTMLElement, days: Day[], stay: [number, number], say: Pick<MapWords, 'in' | 'out'>, unable: () => void): Promise<() => void> {
  try {
    const pins = pinsOf(days);
    const { map, Marker: MarkerOf } = await groundIn(box, boundsOf([...pins, { at: stay }], 0.05), 11, say);
    const lines = { type: 'Feature' as const, properties: {}, geometry: { type: 'MultiLineString' as const, coordinates: routesOf(days, stay) } };
    map.on('load', () => {
      map.addSource('ways', { type: 'geojson', data: lines });
      map.addLayer({ id: 'ways', type: 'line', source: 'ways', paint: { 'line-color': getComputedStyle(box).getPropertyValue('--ink').trim(), 'line-width': 1.6, 'line-dasharray': [1.5, 2.5] } });
    });
    const shown: Marker[] = pins.map((pin) => new MarkerOf({ element: elementFor(pin) }).setLngLat([pin.at[1], pin.at[0]]).addTo(map));
    return () => {
      for (const marker of shown) marker.remove();
      map.remove();
    };
  } catch {
    unable();
    return () => undefined;
  }
}
