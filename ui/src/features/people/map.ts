// map.ts — MapLibre with Natural Earth's land as its ground: nothing is fetched from anybody else, and nobody learns what is looked at.
import type { Feature, FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';

export interface MapMark {
  /** Latitude, longitude. */
  at: [number, number];
  size: number;
  label: string;
  title: string;
  href: string;
}

/** How wide a mark is: its area grows with the people, within reason. */
export function widthOf(people: number): number {
  return Math.min(64, 26 + Math.sqrt(people - 1) * 7);
}

/** The box that holds all marks, as [[west, south], [east, north]]; one place has some land around it. */
export function boundsOf(marks: Pick<MapMark, 'at'>[]): [[number, number], [number, number]] {
  const lats = marks.map((mark) => mark.at[0]);
  const lngs = marks.map((mark) => mark.at[1]);
  const around = 3;
  return [
    [Math.max(-180, Math.min(...lngs) - around), Math.max(-80, Math.min(...lats) - around)],
    [Math.min(180, Math.max(...lngs) + around), Math.min(80, Math.max(...lats) + around)],
  ];
}

async function land(): Promise<FeatureCollection> {
  const [{ feature }, { default: world }] = await Promise.all([import('topojson-client'), import('world-atlas/countries-50m.json?raw')]);
  const topology = JSON.parse(world) as Parameters<typeof feature>[0];
  const countries = topology.objects.countries;
  if (!countries) return { type: 'FeatureCollection', features: [] };
  const found = feature(topology, countries) as FeatureCollection | Feature;
  return found.type === 'FeatureCollection' ? found : { type: 'FeatureCollection', features: [found] };
}

function styleOf(box: HTMLElement, ground: FeatureCollection): StyleSpecification {
  const token = (name: string) => getComputedStyle(box).getPropertyValue(name).trim();
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: ground, attribution: '' } },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': token('--water') } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': token('--land') } },
      { id: 'borders', type: 'line', source: 'land', paint: { 'line-color': token('--line'), 'line-width': 0.8 } },
    ],
  };
}

function markFor(mark: MapMark): HTMLElement {
  const link = document.createElement('a');
  link.href = mark.href;
  link.className = 'mapmark';
  link.title = mark.title;
  link.setAttribute('aria-label', mark.title);
  link.textContent = String(mark.size);
  const width = `${widthOf(mark.size)}px`;
  link.style.width = width;
  link.style.height = width;
  return link;
}

/** Draws the marks; the answer takes the map away again. Calls `unable` where no map can be drawn. */
export async function showMap(box: HTMLElement, marks: MapMark[], say: { in: string; out: string }, unable: () => void): Promise<() => void> {
  try {
    const [maplibre, worker, ground] = await Promise.all([import('maplibre-gl'), import('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'), land(), import('maplibre-gl/dist/maplibre-gl.css')]);
    const { Map, Marker, NavigationControl, setWorkerUrl } = maplibre;
    setWorkerUrl(worker.default);
    const map = new Map({
      container: box,
      style: styleOf(box, ground),
      bounds: boundsOf(marks),
      fitBoundsOptions: { padding: 48, maxZoom: 6 },
      attributionControl: false,
      maxZoom: 8, // cities are what is known; nearer there is nothing to see
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      locale: { 'NavigationControl.ZoomIn': say.in, 'NavigationControl.ZoomOut': say.out },
    });
    map.touchZoomRotate.disableRotation();
    map.scrollZoom.disable();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    for (const mark of marks) new Marker({ element: markFor(mark) }).setLngLat([mark.at[1], mark.at[0]]).addTo(map);
    return () => map.remove();
  } catch {
    unable();
    return () => undefined;
  }
}
