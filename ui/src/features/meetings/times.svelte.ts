// times.svelte.ts — the times of a proposal as one types them: wall time in a zone, and how long.
import type { MeetingKind } from '$lib/api/types';
import { clock } from '$lib/time/clock.svelte';
import { usualLength } from '$lib/time/slots';
import { fromWall, isWall, toWall } from '$lib/time/wall';

export const mostTimes = 5;

export class Times {
  walls = $state<string[]>([]);
  minutes = $state(60);
  #usual: string | null = null;

  constructor(readonly zone: string) {}

  /** The times that are complete, as instants. */
  get slots(): { start: string; end: string }[] {
    return this.walls.filter(isWall).map((wall) => {
      const start = fromWall(wall, this.zone);
      return { start: start.toISOString(), end: new Date(start.getTime() + this.minutes * 60_000).toISOString() };
    });
  }
  get mayAdd(): boolean {
    return this.walls.length < mostTimes;
  }

  isPast(wall: string): boolean {
    return isWall(wall) && fromWall(wall, this.zone).getTime() <= clock.now();
  }

  /** The usual length and hour of this kind; times already typed stay. */
  suit(kind: MeetingKind): void {
    this.minutes = usualLength[kind];
    if (this.walls.length > 0) return;
    this.#usual = this.#wallAfter(1, kind);
    this.walls = [this.#usual];
  }

  put(start: string): void {
    this.walls = [toWall(new Date(start), this.zone)];
  }

  has(start: string): boolean {
    return this.walls.includes(toWall(new Date(start), this.zone));
  }

  /** Takes this start in, or out again; in place of a first time that nobody has typed. */
  toggle(start: string): void {
    const wall = toWall(new Date(start), this.zone);
    const at = this.walls.indexOf(wall);
    if (at >= 0) this.walls.splice(at, 1);
    else if (this.walls.length === 1 && this.walls[0] === this.#usual) this.walls = [wall];
    else if (this.mayAdd) this.walls.push(wall);
    this.#usual = null;
  }

  add(kind: MeetingKind): void {
    if (this.mayAdd) this.walls.push(this.#wallAfter(this.walls.length + 1, kind));
  }

  drop(at: number): void {
    this.walls.splice(at, 1);
  }

  #wallAfter(days: number, kind: MeetingKind): string {
    const day = toWall(new Date(clock.now() + days * 86_400_000), this.zone).slice(0, 10);
    return `${day}T${usualHour[kind]}`;
  }
}

/** A first meeting is proposed by day. */
const usualHour: Record<MeetingKind, string> = {
  coffee: '10:00',
  lunch: '12:30',
  dinner: '19:00',
  walk: '14:00',
  conference: '10:00',
  gathering: '18:00',
  visit: '14:00',
};
