// zones.ts — time zones as people look for them: by the city, with how far its clock is from UTC.

export interface ZoneChoice {
  zone: string;
  /** "Toronto, America (UTC−5)"; it begins with the city, so that typing into the list finds it. */
  text: string;
}

/** "UTC−5", "UTC+5:30", "UTC". */
export function offsetOf(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', 'UTC').replace(/\+0$/, '').replace('-', '−');
}

/** Every zone the browser knows, and those in `more`, by the city's name. */
export function zoneChoices(at: number, more: string[] = []): ZoneChoice[] {
  const zones = [...new Set([...more.filter(isKnown), ...Intl.supportedValuesOf('timeZone'), 'UTC'])];
  const choices = zones.map((zone) => {
    const [city, ...around] = zone.replaceAll('_', ' ').split('/').toReversed();
    return { zone, text: zone === 'UTC' ? zone : `${[city, ...around].join(', ')} (${offsetOf(zone, at)})` };
  });
  return choices.toSorted((a, b) => a.text.localeCompare(b.text));
}

function isKnown(zone: string): boolean {
  try {
    return zone !== '' && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
  } catch {
    return false;
  }
}
