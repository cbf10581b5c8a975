// settings.svelte.ts — the account's own data: lists that are shown and shortened, forms that are sent.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Block, CalendarFeed, Device, Home, Invite, Session as SignedIn, Subscription, Tally } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { session as realSession, type Session } from '$lib/session.svelte';
import { t } from '$lib/text';

/** A list of the account's that can only get shorter here. */
export class Shelf<Item> {
  #items = $state.raw<Item[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(
    private readonly fetch: () => Promise<Item[]>,
    private readonly drop: (item: Item) => Promise<unknown>,
  ) {}

  get items(): Item[] | null {
    return this.#items;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      this.#items = await this.fetch();
    });
  }
  async remove(item: Item): Promise<void> {
    await this.#try(async () => {
      await this.drop(item);
      this.#items = await this.fetch();
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.#problem = null;
    try {
      await act();
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}

const at = (id: string) => ({ params: { path: { id } } });

export const sessionsOf = (api: Api = realApi) =>
  new Shelf<SignedIn>(
    async () => (await ask(api.GET('/sessions'))).items,
    (each) => ask(api.DELETE('/sessions/{id}', at(each.id))),
  );

export const devicesOf = (api: Api = realApi) =>
  new Shelf<Device>(
    async () => (await ask(api.GET('/devices'))).items,
    (each) => ask(api.DELETE('/devices/{id}', at(each.id))),
  );

export const blocksOf = (api: Api = realApi) =>
  new Shelf<Block>(
    async () => (await ask(api.GET('/blocks'))).items,
    (each) => ask(api.DELETE('/blocks/{handle}', { params: { path: { handle: each.account.handle } } })),
  );

export const invitesOf = (api: Api = realApi) =>
  new Shelf<Invite>(
    async () => (await ask(api.GET('/invites'))).items,
    (each) => ask(api.DELETE('/invites/{id}', at(each.id))),
  );

export const sourcesOf = (api: Api = realApi) =>
  new Shelf<Subscription>(
    async () => (await ask(api.GET('/subscriptions'))).items,
    (each) => ask(api.DELETE('/subscriptions/{id}', at(each.id))),
  );

/** What is to be read again and again from now on. */
export class SourceForm {
  url = $state('');
  name = $state('');
  user = $state('');
  password = $state('');
  every = $state(360);
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  add(): Promise<boolean> {
    return this.sending.send(async () => {
      const body = { url: this.url.trim(), name: this.name.trim(), user: this.user, password: this.password, every_minutes: this.every };
      await ask(this.api.POST('/subscriptions', { body }));
      this.url = this.name = this.user = this.password = '';
    });
  }
}

/** Making an invite; its address is known only in the answer. */
export class InviteDesk {
  readonly sending = new Sending();
  #made = $state.raw<Invite | null>(null);

  constructor(private readonly api: Api = realApi) {}

  get made(): Invite | null {
    return this.#made;
  }
  make(): Promise<boolean> {
    return this.sending.send(async () => {
      this.#made = await ask(this.api.POST('/invites'));
    });
  }
}

export class AccountForm {
  fullName = $state('');
  zone = $state('UTC');
  home = $state.raw<Home | null>(null);
  readonly saving = new Sending();
  readonly mailing = new Sending();

  constructor(
    private readonly api: Api = realApi,
    private readonly session: Session = realSession,
  ) {
    this.fullName = session.account?.full_name ?? '';
    this.zone = session.account?.zone ?? 'UTC';
    this.home = session.account?.home ?? null;
  }

  save(): Promise<boolean> {
    return this.#change({ full_name: this.fullName.trim(), zone: this.zone, home: this.home });
  }
  findable(findable: boolean): Promise<boolean> {
    return this.#change({ findable });
  }
  verify(): Promise<boolean> {
    return this.mailing.send(() => ask(this.api.POST('/account/email/verification')));
  }

  #change(body: { full_name?: string; zone?: string; home?: Home | null; findable?: boolean }): Promise<boolean> {
    return this.saving.send(async () => this.session.enter(await ask(this.api.PATCH('/account', { body }))));
  }
}

/** Whether who knows whom may be told to those who know both; off until a yes. */
export class TiesForm {
  #shown = $state(false);
  readonly saving = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get shown(): boolean {
    return this.#shown;
  }
  load(): Promise<boolean> {
    return this.saving.send(async () => {
      this.#shown = (await ask(this.api.GET('/mutual-ties'))).shown;
    });
  }
  show(shown: boolean): Promise<boolean> {
    return this.saving.send(async () => {
      this.#shown = (await ask(this.api.PUT('/mutual-ties', { body: { shown } }))).shown;
    });
  }
}

/** Changes that need the password again. */
export class Credentials {
  current = $state('');
  next = $state('');
  email = $state('');
  emailPassword = $state('');
  readonly passwordSending = new Sending();
  readonly emailSending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  changePassword(): Promise<boolean> {
    return this.passwordSending.send(async () => {
      await ask(this.api.POST('/account/password', { body: { current: this.current, new: this.next } }));
      this.current = this.next = '';
    });
  }
  changeEmail(): Promise<boolean> {
    return this.emailSending.send(async () => {
      await ask(this.api.POST('/account/email', { body: { email: this.email.trim(), password: this.emailPassword } }));
      this.emailPassword = '';
    });
  }
}

export class GoalForm {
  target = $state<number | null>(null);
  /** By relation. */
  parts = $state<Partial<Record<string, number | null>>>({});
  readonly sending = new Sending();
  #tally = $state.raw<Tally | null>(null);

  constructor(private readonly api: Api = realApi) {}

  get tally(): Tally | null {
    return this.#tally;
  }
  async load(): Promise<void> {
    this.#tally = await ask(this.api.GET('/tally')).catch(() => null);
    this.target = this.#tally?.goal ?? null;
    this.parts = { ...this.#tally?.goals };
  }
  /** Where the year stands and what it comes to, in sentences. */
  get outlook(): string[] {
    const look = t.reminders.goal;
    const tally = this.#tally;
    if (!tally) return [];
    if (tally.paused) return [look.paused(tally.goal ?? 0)];
    return [
      tally.expected_by_now === null ? '' : look.expected(tally.expected_by_now),
      tally.planned > 0 ? look.planned(tally.planned) : '',
      tally.at_this_pace === null ? '' : look.atThisPace(tally.at_this_pace),
    ].filter(Boolean);
  }
  set(): Promise<boolean> {
    const by_relation = Object.fromEntries(Object.entries(this.parts).filter(([, part]) => part)) as Record<string, number>;
    return this.#send((year) => ask(this.api.PUT('/goals/{year}', { params: { path: { year } }, body: { target: this.target ?? 1, by_relation } })));
  }
  pause(isPaused: boolean): Promise<boolean> {
    return this.#send((year) => {
      const at = { params: { path: { year } } };
      return isPaused ? ask(this.api.PUT('/goals/{year}/pause', at)) : ask(this.api.DELETE('/goals/{year}/pause', at));
    });
  }
  drop(): Promise<boolean> {
    return this.#send((year) => ask(this.api.DELETE('/goals/{year}', { params: { path: { year } } })));
  }

  #send(act: (year: number) => Promise<unknown>): Promise<boolean> {
    return this.sending.send(async () => {
      if (this.#tally) await act(this.#tally.year);
      await this.load();
    });
  }
}

export class Feed {
  readonly sending = new Sending();
  #feed = $state.raw<CalendarFeed | null>(null);

  constructor(
    private readonly path: '/calendar-feed' | '/free-time/link' = '/calendar-feed',
    private readonly api: Api = realApi,
  ) {}

  get feed(): CalendarFeed | null {
    return this.#feed;
  }
  load(): Promise<boolean> {
    return this.#send(() => ask(this.api.GET(this.path)));
  }
  make(): Promise<boolean> {
    return this.#send(() => ask(this.api.POST(this.path)));
  }
  end(): Promise<boolean> {
    return this.#send(async () => {
      await ask(this.api.DELETE(this.path));
      return ask(this.api.GET(this.path));
    });
  }

  #send(act: () => Promise<CalendarFeed>): Promise<boolean> {
    return this.sending.send(async () => {
      this.#feed = await act();
    });
  }
}

export type Theme = 'system' | 'light' | 'dark';

/** The look of this device, not of the account. theme.js reads it before the page is drawn. */
export class Look {
  #theme = $state<Theme>(readTheme());

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      if (theme === 'system') localStorage.removeItem('visavis.theme');
      else localStorage.setItem('visavis.theme', theme);
    } catch {
      // storage is forbidden: it holds until the page is closed
    }
  }
}

function readTheme(): Theme {
  const theme = globalThis.document?.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
