// where.ts — where one is, as exactly as the browser says, for what its owner writes down or shows on purpose.

/** Null when the browser won't tell. */
export function exactPlace(): Promise<[number, number] | null> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([Number(coords.latitude.toFixed(5)), Number(coords.longitude.toFixed(5))]),
      () => resolve(null),
      { maximumAge: 60_000, timeout: 10_000, enableHighAccuracy: true },
    );
  });
}
