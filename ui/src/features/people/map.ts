// map.ts — MapLibre with Natural Earth's land as its ground: nothing is fetched from anybody else, and nobody learns what is looked at.
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import type { Map as MapLibre, Marker as MarkerClass, StyleSpecification } from 'maplibre-gl';

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
export function boundsOf(marks: Pick<MapMark, 'at'>[], around = 3): [[number, number], [number, number]] {
  const lats = marks.map((mark) => mark.at[0]);
  const lngs = marks.map((mark) => mark.at[1]);
  return [
    [Math.max(-180, Math.min(...lngs) - around), Math.max(-80, Math.min(...lats) - around)],
    [Math.min(180, Math.max(...lngs) + around), Math.min(80, Math.max(...lats) + around)],
  ];
}

/** A ring that crosses the 180th meridian goes on beyond it instead of leaping to the other side of the world. */
export function unwrap(ring: Position[]): Position[] {
  let shift = 0;
  return ring.map(([lng = 0, lat = 0], at) => {
    const step = lng - (ring[at - 1]?.[0] ?? lng);
    if (Math.abs(step) > 180) shift -= Math.sign(step) * 360;
    return [lng + shift, lat];
  });
}

const antarctica = '010'; // its ring holds the pole, which no flat map can show; and nobody lives there

async function land(): Promise<FeatureCollection> {
  const [{ feature }, { default: world }] = await Promise.all([import('topojson-client'), import('world-atlas/countries-50m.json?raw')]);
  const topology = JSON.parse(world) as Parameters<typeof feature>[0];
  const countries = topology.objects.countries;
  const found = countries ? (feature(topology, countries) as FeatureCollection<Polygon | MultiPolygon | null>).features : [];
  const features = found.flatMap((country) => {
    if (!country.geometry || country.id === antarctica) return [];
    const polygons = country.geometry.type === 'Polygon' ? [country.geometry.coordinates] : country.geometry.coordinates;
    const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(unwrap)) };
    return [{ ...country, geometry }];
  });
  return { type: 'FeatureCollection', features };
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

export interface Bunch {
  x: number;
  y: number;
  size: number;
  marks: MapMark[];
}

/** Marks that would touch become one: each can be hit, and the list beside says what is in it. */
export function bunchUp(marks: MapMark[], place: (mark: MapMark) => { x: number; y: number }): Bunch[] {
  const bunches: Bunch[] = [];
  for (const mark of marks.toSorted((a, b) => b.size - a.size)) bunches.push({ ...place(mark), size: mark.size, marks: [mark] });
  const touch = (a: Bunch, b: Bunch) => Math.hypot(a.x - b.x, a.y - b.y) < (widthOf(a.size) + widthOf(b.size)) / 2 + 4;
  for (let found = true; found; ) {
    found = false;
    for (const one of bunches) {
      const at = bunches.findIndex((other) => other !== one && touch(one, other));
      if (at < 0) continue;
      // The larger stays where it is, as its city is what is read there.
      const [gone] = bunches.splice(at, 1);
      const [keep, join] = one.size >= gone!.size ? [one, gone!] : [gone!, one];
      Object.assign(one, { x: keep.x, y: keep.y, size: one.size + gone!.size, marks: [...keep.marks, ...join.marks] });
      found = true;
      break;
    }
  }
  return bunches;
}

function elementFor(bunch: Bunch, say: MapWords, open: () => void): HTMLElement {
  const [first] = bunch.marks;
  const alone = bunch.marks.length === 1;
  const mark = document.createElement(alone ? 'a' : 'button');
  if (mark instanceof HTMLAnchorElement) mark.href = first!.href;
  else mark.addEventListener('click', open);
  const title = alone ? first!.title : say.several(bunch.marks.map((each) => each.label), bunch.size);
  mark.className = 'mapmark';
  mark.title = title;
  mark.setAttribute('aria-label', title);
  mark.textContent = String(bunch.size);
  mark.style.width = mark.style.height = `${widthOf(bunch.size)}px`;
  return mark;
}

export interface MapWords {
  in: string;
  out: string;
  several: (places: string[], people: number) => string;
}

export interface Ground {
  map: MapLibre;
  Marker: typeof MarkerClass;
}

/** An empty map of land and water in `box`, for marks to be put on. */
export async function groundIn(box: HTMLElement, bounds: [[number, number], [number, number]], maxZoom: number, say: Pick<MapWords, 'in' | 'out'>): Promise<Ground> {
  const [maplibre, worker, ground] = await Promise.all([import('maplibre-gl'), import('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'), land(), import('maplibre-gl/dist/maplibre-gl.css')]);
  const { Map, Marker, NavigationControl, setWorkerUrl } = maplibre;
  setWorkerUrl(worker.default);
  const map = new Map({
    container: box,
    style: styleOf(box, ground),
    bounds,
    fitBoundsOptions: { padding: 48, maxZoom: maxZoom - 2 },
    attributionControl: false,
    maxZoom,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    fadeDuration: 0,
    locale: { 'NavigationControl.ZoomIn': say.in, 'NavigationControl.ZoomOut': say.out },
  });
  map.touchZoomRotate.disableRotation();
  map.scrollZoom.disable();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  return { map, Marker };
}

const nearest = 8; // cities are what is known; nearer there is nothing to see

/** Draws the marks; the answer takes the map away again. Calls `unable` where no map can be drawn. */
export async function showMap(box: HTMLElement, marks: MapMark[], say: MapWords, unable: () => void): Promise<() => void> {
  try {
    const { map, Marker } = await groundIn(box, boundsOf(marks), nearest, say);
    let shown: MarkerClass[] = [];
    const draw = () => {
      for (const marker of shown) marker.remove();
      shown = bunchUp(marks, (mark) => map.project([mark.at[1], mark.at[0]])).map((bunch) => {
        const closer = () => map.fitBounds(boundsOf(bunch.marks, 0.5), { padding: 64, maxZoom: 8, animate: !matchMedia('(prefers-reduced-motion: reduce)').matches });
        const at = bunch.marks[0]!.at;
        return new Marker({ element: elementFor(bunch, say, closer) }).setLngLat([at[1], at[0]]).addTo(map);
      });
    };
    draw();
    map.on('zoomend', draw);
    map.on('resize', draw);
    return () => map.remove();
  } catch {
    unable();
    return () => undefined;
  }
}
