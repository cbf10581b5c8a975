// habits.svelte.ts — when one likes to meet: hours of each weekday, a pace, days kept free, and who may see when one is free.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { FreeTimeShare, MeetingHabits } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { Shelf } from './settings.svelte';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** As <input type="time"> speaks: a day ends at 00:00. */
export interface Range {
  start: string;
  end: string;
}
export interface Days {
  first: string;
  last: string;
}

export class HabitsForm {
  hours = $state<Record<Weekday, Range[]> | null>(null);
  aWeek = $state<number | null>(null);
  rest = $state(0);
  kept = $state<Days[]>([]);
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  async load(): Promise<void> {
    this.#show(await ask(this.api.GET('/free-time/habits')));
  }

  open(day: Weekday, isOpen: boolean): void {
    if (this.hours) this.hours[day] = isOpen ? [{ start: '09:00', end: '18:00' }] : [];
  }
  addHours(day: Weekday): void {
    this.hours?.[day].push({ start: '18:00', end: '21:00' });
  }
  dropHours(day: Weekday, at: number): void {
    this.hours?.[day].splice(at, 1);
  }
  addDays(today: string): void {
    this.kept.push({ first: today, last: today });
  }
  dropDays(at: number): void {
    this.kept.splice(at, 1);
  }

  save(): Promise<boolean> {
    return this.sending.send(async () => this.#show(await ask(this.api.PUT('/free-time/habits', { body: this.#body() }))));
  }

  #body(): MeetingHabits {
    const hours: MeetingHabits['hours'] = {};
    for (const day of weekdays) hours[day] = (this.hours?.[day] ?? []).map(({ start, end }) => ({ start, end: end === '00:00' ? '24:00' : end }));
    const kept_free = this.kept.filter(({ first }) => first).map(({ first, last }) => ({ first, last: last || first }));
    return { hours, a_week: this.aWeek, rest_minutes: this.rest, kept_free };
  }

  #show(habits: MeetingHabits): void {
    const hours = {} as Record<Weekday, Range[]>;
    for (const day of weekdays) hours[day] = (habits.hours[day] ?? []).map(({ start, end }) => ({ start, end: end === '24:00' ? '00:00' : end }));
    this.hours = hours;
    this.aWeek = habits.a_week ?? null;
    this.rest = habits.rest_minutes;
    this.kept = habits.kept_free.map((days) => ({ ...days }));
  }
}

/** With whom one shares free or busy. */
export class SharesForm {
  handle = $state('');
  readonly sending = new Sending();
  readonly shelf: Shelf<FreeTimeShare>;

  constructor(private readonly api: Api = realApi) {
    this.shelf = new Shelf(
      async () => (await ask(api.GET('/free-time/shares'))).items,
      (each) => ask(api.DELETE('/free-time/shares/{handle}', { params: { path: { handle: each.handle } } })),
    );
  }

  share(): Promise<boolean> {
    return this.sending.send(async () => {
      const handle = this.handle.trim().replace(/^@/, '');
      await ask(this.api.PUT('/free-time/shares/{handle}', { params: { path: { handle } } }));
      this.handle = '';
      await this.shelf.load();
    });
  }
}
