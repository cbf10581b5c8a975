// strip.ts — one person's years: a row for each year, a bar for a month's contacts, a mark for each meeting; pure.
import type { PersonDetail } from '$lib/api/types';

export const width = 348;
export const rowHeight = 30;
export const labelWidth = 42;
const monthWidth = (width - labelWidth) / 12;
const highest = 13; // of a bar

export interface Bar {
  x: number;
  y: number;
  height: number;
}
export interface Dot {
  x: number;
  y: number;
  planned: boolean;
}
export interface Row {
  year: number;
  y: number;
}
export interface Strip {
  rows: Row[];
  bars: Bar[];
  dots: Dot[];
  months: { x: number; month: number }[];
  height: number;
}

export const barWidth = monthWidth - 6;

/** The last `most` years that hold anything, the newest first. Two meetings of a month stand side by side. */
export function drawYears(person: Pick<PersonDetail, 'contacts' | 'encounters_list'>, civil: (at: string) => [number, number, number], now: number, most = 12): Strip {
  const contacts = person.contacts.by_month.map((each) => {
    const [year = 0, month = 1] = each.month.split('-').map(Number);
    return { year, month: month - 1, n: each.in + each.out };
  });
  const meetings = person.encounters_list.map((each) => {
    const [year, month, day] = civil(each.start);
    return { year, month, day, planned: Date.parse(each.end ?? each.start) > now };
  });
  const years = [...new Set([...contacts, ...meetings].map((each) => each.year))].toSorted((a, b) => b - a).slice(0, most);
  const baseOf = (year: number) => (years.indexOf(year) + 1) * rowHeight - 8;
  const top = Math.max(1, ...contacts.map((each) => each.n));
  const xOf = (month: number) => labelWidth + month * monthWidth;
  const bars = contacts
    .filter((each) => each.n > 0 && years.includes(each.year))
    .map((each) => {
      // The root keeps a month of one message visible beside one of a hundred.
      const height = Math.max(2, Math.sqrt(each.n / top) * highest);
      return { x: xOf(each.month) + 3, y: baseOf(each.year) - height, height };
    });
  const dots = meetings
    .filter((each) => years.includes(each.year))
    .map((each) => ({ x: xOf(each.month) + 4 + ((each.day - 1) / 31) * (monthWidth - 6), y: baseOf(each.year) - highest - 4, planned: each.planned }));
  const months = [0, 3, 6, 9].map((month) => ({ x: xOf(month), month }));
  return { rows: years.map((year) => ({ year, y: baseOf(year) })), bars, dots, months, height: years.length * rowHeight + 16 };
}
