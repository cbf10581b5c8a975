// tie.ts — the tie line: how it began, the first message, the first meeting and the last; on a line true to time.
import type { PersonDetail } from '$lib/api/types';

export interface Step {
  at: number;
  what: 'began' | 'wrote' | 'met' | 'last';
  /** A network, or a meeting's kind. */
  of: string;
  /** How the tie began, or where you met. */
  detail: string | null;
}

/** The steps in the order of time: how it began, the first message, the first meeting, the last one. */
export function stepsOf(person: PersonDetail): Step[] {
  const steps: Step[] = [];
  const began = person.began?.at ? Date.parse(person.began.at) : null;
  if (person.began && began !== null) steps.push({ at: began, what: 'began', of: person.began.network, detail: person.began.kind });
  const month = person.contacts.by_month.map((each) => each.month).toSorted()[0];
  const wrote = month ? Date.parse(`${month}-15T12:00:00Z`) : null;
  if (wrote !== null && (began === null || wrote - began > aMonth)) steps.push({ at: wrote, what: 'wrote', of: '', detail: null });
  const met = person.encounters_list.toSorted((a, b) => a.start.localeCompare(b.start));
  if (person.first_met) steps.push({ at: Date.parse(person.first_met), what: 'met', of: met[0]?.kind ?? 'visit', detail: met[0]?.place.name ?? null });
  if (person.first_met && person.last_met && Date.parse(person.last_met) - Date.parse(person.first_met) > aMonth) {
    const last = met.findLast((each) => each.start.slice(0, 16) <= person.last_met!.slice(0, 16));
    steps.push({ at: Date.parse(person.last_met), what: 'last', of: last?.kind ?? 'visit', detail: last?.place.name ?? null });
  }
  return steps.toSorted((a, b) => a.at - b.at);
}

const aMonth = 31 * 86_400_000; // milliseconds

export const lineStart = 10;
export const lineEnd = 930;

export interface Drawn {
  steps: (Step & { x: number; side: 'above' | 'below' | null; anchor: 'start' | 'middle' | 'end' })[];
  ticks: number[];
}

const labelWidth = 104; // of a network's name and a month, in the line's units
const ticksInMonth = 12; // more would be a blot

/** Places the steps between the first one and now; labels alternate, and one that finds no room is left to the list. */
export function drawTie(steps: Step[], months: PersonDetail['contacts']['by_month'], now: number): Drawn {
  const from = steps[0]?.at ?? now;
  const span = Math.max(1, now - from);
  const xOf = (at: number) => lineStart + ((Math.min(at, now) - from) / span) * (lineEnd - lineStart);
  const last = { above: -Infinity, below: -Infinity };
  const order = steps.toSorted((a, b) => Number(b.what === 'met') - Number(a.what === 'met') || a.at - b.at);
  const taken: { x: number; side: 'above' | 'below' }[] = [{ x: lineEnd, side: 'below' }]; // "today"
  const free = (x: number, side: 'above' | 'below') => taken.every((other) => other.side !== side || Math.abs(other.x - x) >= labelWidth);
  const placed = order.map((step) => {
    const x = xOf(step.at);
    const wants = isMeeting(step) || last.below > last.above ? (['above', 'below'] as const) : (['below', 'above'] as const);
    const side = wants.find((each) => free(x, each)) ?? null;
    if (side) {
      taken.push({ x, side });
      if (!isMeeting(step)) last[side] = x;
    }
    const anchor: 'start' | 'middle' | 'end' = x < 60 ? 'start' : x > lineEnd - 50 ? 'end' : 'middle';
    return { ...step, x, side, anchor };
  });
  return { steps: placed.toSorted((a, b) => a.at - b.at), ticks: months.flatMap((month) => ticksOf(month, xOf)).filter((x) => x >= lineStart && x <= lineEnd) };
}

const isMeeting = (step: Step) => step.what === 'met' || step.what === 'last';

function ticksOf(month: PersonDetail['contacts']['by_month'][number], xOf: (at: number) => number): number[] {
  const [year = 0, number = 1] = month.month.split('-').map(Number);
  const start = Date.UTC(year, number - 1, 1);
  const end = Date.UTC(year, number, 1);
  const n = Math.min(month.in + month.out, ticksInMonth);
  return Array.from({ length: n }, (_, at) => xOf(start + ((end - start) * (at + 0.5)) / n));
}
