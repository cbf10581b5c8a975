// tie.ts — the tie line: how it began, every network since, the first meeting; and where each stands on a line true to time.
import type { EncounterKind, PersonDetail } from '$lib/api/types';

export interface Step {
  at: number;
  what: 'began' | 'network' | 'met';
  /** A network, or for the first meeting its kind. */
  of: string;
  /** How the tie began, or where the first meeting was. */
  detail: string | null;
}

/** The steps in the order of time; a network counts from the earliest source that has a date. */
export function stepsOf(person: PersonDetail): Step[] {
  const steps: Step[] = [];
  const seen = new Set<string>();
  if (person.began?.at) {
    steps.push({ at: Date.parse(person.began.at), what: 'began', of: person.began.network, detail: person.began.kind });
    seen.add(person.began.network);
  }
  const networks = new Map<string, number>();
  for (const identity of person.identities)
    for (const source of identity.sources)
      if (source.at) networks.set(identity.network, Math.min(networks.get(identity.network) ?? Infinity, Date.parse(source.at)));
  for (const [network, at] of networks) if (!seen.has(network)) steps.push({ at, what: 'network', of: network, detail: null });
  if (person.first_met) {
    const first = person.encounters_list.toSorted((a, b) => a.start.localeCompare(b.start))[0];
    steps.push({ at: Date.parse(person.first_met), what: 'met', of: first?.kind ?? ('visit' satisfies EncounterKind), detail: first?.place.name ?? null });
  }
  return steps.toSorted((a, b) => a.at - b.at);
}

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
  const taken: { x: number; side: 'above' | 'below' }[] = [];
  const free = (x: number, side: 'above' | 'below') => taken.every((other) => other.side !== side || Math.abs(other.x - x) >= labelWidth);
  const placed = order.map((step) => {
    const x = xOf(step.at);
    const wants = step.what === 'met' || last.below > last.above ? (['above', 'below'] as const) : (['below', 'above'] as const);
    const side = wants.find((each) => free(x, each)) ?? null;
    if (side) {
      taken.push({ x, side });
      if (step.what !== 'met') last[side] = x;
    }
    const anchor: 'start' | 'middle' | 'end' = x < 60 ? 'start' : x > lineEnd - 50 ? 'end' : 'middle';
    return { ...step, x, side, anchor };
  });
  return { steps: placed.toSorted((a, b) => a.at - b.at), ticks: months.flatMap((month) => ticksOf(month, xOf)).filter((x) => x >= lineStart && x <= lineEnd) };
}

function ticksOf(month: PersonDetail['contacts']['by_month'][number], xOf: (at: number) => number): number[] {
  const [year = 0, number = 1] = month.month.split('-').map(Number);
  const start = Date.UTC(year, number - 1, 1);
  const end = Date.UTC(year, number, 1);
  const n = Math.min(month.in + month.out, ticksInMonth);
  return Array.from({ length: n }, (_, at) => xOf(start + ((end - start) * (at + 0.5)) / n));
}
