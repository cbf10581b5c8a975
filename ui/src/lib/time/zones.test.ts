import { describe, expect, it } from 'vitest';
import { offsetOf, zoneChoices } from './zones';

const winter = Date.UTC(2026, 10, 20);

describe('time zones', () => {
  it('tell how far a clock is from UTC, as it is then', () => {
    expect(['America/Toronto', 'Asia/Kolkata', 'Europe/London', 'UTC'].map((zone) => offsetOf(zone, winter))).toEqual(['UTC−5', 'UTC+5:30', 'UTC', 'UTC']);
    expect(offsetOf('America/Toronto', Date.UTC(2026, 6, 1))).toBe('UTC−4');
  });
  it('are found by their city', () => {
    const choices = zoneChoices(winter);
    const text = (zone: string) => choices.find((each) => each.zone === zone)?.text;
    expect([text('America/Toronto'), text('America/Indiana/Knox'), text('UTC')]).toEqual(['Toronto, America (UTC−5)', 'Knox, Indiana, America (UTC−6)', 'UTC']);
    expect(choices.map((each) => each.text)).toEqual(choices.map((each) => each.text).toSorted((a, b) => a.localeCompare(b)));
  });
  it('have the one that is set, under whatever name, once, and none that nobody knows', () => {
    const choices = zoneChoices(winter, ['US/Eastern', 'America/Toronto', 'Nowhere/Town', '']);
    expect(choices.filter(({ zone }) => ['US/Eastern', 'America/Toronto', 'Nowhere/Town', ''].includes(zone)).map(({ zone }) => zone)).toEqual(['US/Eastern', 'America/Toronto'].toSorted((a, b) => (a === 'US/Eastern' ? -1 : 1)));
  });
});
