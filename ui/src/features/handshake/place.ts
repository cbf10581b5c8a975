// place.ts — where one is, coarsely: the centre of a cell of a tenth of a degree, about eleven kilometres.

export function cellOf(lat: number, lng: number): [number, number] {
  const centre = (degrees: number) => Number((Math.floor(degrees * 10) / 10 + 0.05).toFixed(2));
  return [centre(lat), centre(lng)];
}

/** The cell, or null when the browser won't tell. Nothing finer leaves this function. */
export function coarsePlace(): Promise<[number, number] | null> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(cellOf(coords.latitude, coords.longitude)),
      () => resolve(null),
      { maximumAge: 600_000, timeout: 10_000, enableHighAccuracy: false },
    );
  });
}
