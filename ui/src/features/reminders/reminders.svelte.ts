// reminders.svelte.ts — one nudge and what becomes of it; how many are wanted, and which.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { Reminder, ReminderKind, ReminderSettings } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export const kinds: ReminderKind[] = ['prepare', 'confirm', 'follow_up', 'birthday', 'cold', 'trip', 'pace'];
export type Fate = 'open' | 'done' | 'tomorrow' | 'week' | 'muted';

export class Nudge {
  #fate = $state<Fate>('open');
  #sending = new Sending();

  constructor(
    readonly reminder: Reminder,
    private readonly api: Api = realApi,
  ) {}

  get fate(): Fate {
    return this.#fate;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }
  /** Where there is more to read about it. */
  get href(): string {
    const { meeting, person, kind, encounter } = this.reminder;
    if (meeting) return `/meetings/${meeting}`;
    if (kind === 'follow_up' && encounter) return `/encounters/${encounter}`;
    return person ? `/people/${person.id}` : '/settings/goal';
  }

  done(): Promise<void> {
    return this.#try('done', () => ask(this.api.POST('/reminders/{id}/done', this.#at)));
  }
  rest(until: 'tomorrow' | 'week'): Promise<void> {
    return this.#try(until, () => ask(this.api.POST('/reminders/{id}/snooze', { ...this.#at, body: { until } })));
  }
  mute(): Promise<void> {
    return this.#try('muted', () => ask(this.api.POST('/reminders/{id}/mute', this.#at)));
  }

  get #at() {
    return { params: { path: { id: this.reminder.id } } };
  }
  async #try(fate: Fate, act: () => Promise<unknown>): Promise<void> {
    if (await this.#sending.send(act)) this.#fate = fate;
  }
}

export class RemindersForm {
  aWeek = $state<number | null>(null);
  wanted = $state<Record<ReminderKind, boolean> | null>(null);
  digest = $state(true);
  day = $state<ReminderSettings['digest_day']>('monday');
  pausedUntil = $state('');
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  async load(): Promise<void> {
    this.#show(await ask(this.api.GET('/reminders/settings')));
  }
  save(): Promise<boolean> {
    return this.sending.send(async () => this.#show(await ask(this.api.PUT('/reminders/settings', { body: this.#body() }))));
  }

  #body(): ReminderSettings {
    const muted = kinds.filter((kind) => this.wanted && !this.wanted[kind]);
    return { a_week: this.aWeek ?? 0, muted, digest: this.digest, digest_day: this.day, paused_until: this.pausedUntil || null };
  }
  #show(settings: ReminderSettings): void {
    this.aWeek = settings.a_week;
    this.wanted = Object.fromEntries(kinds.map((kind) => [kind, !settings.muted.includes(kind)])) as Record<ReminderKind, boolean>;
    this.digest = settings.digest;
    this.day = settings.digest_day;
    this.pausedUntil = settings.paused_until ?? '';
  }
}
