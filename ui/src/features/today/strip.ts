// strip.ts — the year strip's geometry: 52 weeks, a mark for each encounter, stacked; pure, so that tests can measure it.
import type { Relation, StripMark } from '$lib/api/types';
import { groupBy } from '$lib/group';
import { relations } from '$lib/ui/relations';

export const pitch = 13.4; // width of a week
export const weeksInHalf = 26;
export const axis = 92.6; // y of the axis
const first = 84.6; // y of the lowest mark
const rise = 11.8; // from mark to mark
const most = 7; // marks in a week; more are counted in a "+n"

export interface Mark {
  x: number;
  y: number;
  relation: Relation;
  planned: boolean;
}
export interface Half {
  marks: Mark[];
  more: { x: number; y: number; n: number }[];
  months: { x: number; month: number; tick: boolean }[];
  /** x of the today line, when the current week is in this half. */
  now: number | null;
}

const order = (mark: StripMark) => (mark.planned ? relations.length : 0) + relations.indexOf(mark.relation);

/** Day of the year from 0. */
export function dayOfYear(year: number, month: number, day: number): number {
  return Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000);
}

/** Week w is day-of-year ÷ 7; the last day or two join week 52 (here 51, from 0). */
export function weekOf(day: number): number {
  return Math.min(51, Math.floor(day / 7));
}

/** Both drawings of 26 weeks. `today` is the civil date, or null for a year that is over. */
export function drawStrip(marks: StripMark[], year: number, today: [number, number, number] | null): [Half, Half] {
  const halves: [Half, Half] = [emptyHalf(year, 0), emptyHalf(year, 1)];
  const weeks = groupBy(marks, (mark) => mark.week - 1);
  for (const [week, inWeek] of weeks) {
    const half = halves[week < weeksInHalf ? 0 : 1];
    const x = (week % weeksInHalf) * pitch + pitch / 2;
    const sorted = inWeek.toSorted((a, b) => order(a) - order(b));
    for (const [level, mark] of sorted.slice(0, most).entries())
      half.marks.push({ x, y: first - rise * level, relation: mark.relation, planned: mark.planned });
    if (sorted.length > most) half.more.push({ x, y: first - rise * most + 4, n: sorted.length - most });
  }
  if (today && today[0] === year) {
    const week = weekOf(dayOfYear(...today));
    halves[week < weeksInHalf ? 0 : 1].now = (week % weeksInHalf) * pitch;
  }
  return halves;
}

function emptyHalf(year: number, half: 0 | 1): Half {
  const months = [0, 1, 2, 3, 4, 5].map((at) => {
    const month = half * 6 + at;
    const x = (dayOfYear(year, month, 1) / 7 - half * weeksInHalf) * pitch;
    return { month, x: Math.max(0, x), tick: at > 0 };
  });
  return { marks: [], more: [], months, now: null };
}

export interface MonthRow {
  month: number;
  encounters: number;
  people: number;
}

/** What happened in each month so far, for who reads it as a table. */
export function monthTable(marks: StripMark[], civil: (at: string) => [number, number, number]): MonthRow[] {
  const done = marks.filter((mark) => !mark.planned);
  const months = groupBy(done, (mark) => civil(mark.start)[1]);
  return [...months.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([month, of]) => ({ month, encounters: of.length, people: new Set(of.map((mark) => mark.person?.id ?? mark.start)).size }));
}

/** The most marks any one week has. */
export function busiest(marks: StripMark[]): number {
  return Math.max(0, ...[...groupBy(marks, (mark) => mark.week).values()].map((week) => week.length));
}
