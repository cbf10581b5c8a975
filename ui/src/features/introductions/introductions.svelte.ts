// introductions.svelte.ts — introductions and asks of others: seen, answered, made; and whom an ask of one's own goes to.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Brokering, Introduction, IntroductionPreview, NewIntroduction, PersonRow, ReceivedAsk, ReceivedAskDetail } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export type Answer = 'yes' | 'not_now' | 'no';

const openStates: Introduction['state'][] = ['asker_asked', 'target_asked'];

/** Whether this one waits for its reader. */
export function awaitsMe(one: Introduction): boolean {
  return one.answer === 'unsaid' && ((one.role === 'asker' && one.state === 'asker_asked') || (one.role === 'target' && one.state === 'target_asked'));
}
export function isOpen(one: Introduction): boolean {
  return openStates.includes(one.state);
}

/** What others ask of the owner, and introductions with a part for the owner. */
export class Waiting {
  #asks = $state.raw<ReceivedAsk[] | null>(null);
  #introductions = $state.raw<Introduction[]>([]);
  #problem = $state.raw<Problem | null>(null);
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get isLoaded(): boolean {
    return this.#asks !== null;
  }
  get asks(): ReceivedAsk[] {
    return this.#asks ?? [];
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get toAnswer(): Introduction[] {
    return this.#introductions.filter(awaitsMe);
  }
  get underWay(): Introduction[] {
    return this.#introductions.filter((one) => !awaitsMe(one) && (isOpen(one) || (one.state === 'made' && !one.met_at)));
  }
  get past(): Introduction[] {
    return this.#introductions.filter((one) => !awaitsMe(one) && !this.underWay.includes(one));
  }
  get count(): number {
    return this.asks.length + this.toAnswer.length;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      const [asks, introductions] = await Promise.all([ask(this.api.GET('/asks/received')), ask(this.api.GET('/introductions', { params: { query: {} } }))]);
      this.#introductions = introductions.items;
      this.#asks = asks.items;
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }

  /** One tap; it is not shown again. */
  decline(id: string): Promise<boolean> {
    return this.sending.send(async () => {
      await ask(this.api.POST('/asks/received/{id}/decline', { params: { path: { id } } }));
      this.#asks = this.asks.filter((each) => each.id !== id);
    });
  }
}

/** One ask of somebody else's, with who of the owner's people fits. */
export class ReceivedPage {
  #ask = $state.raw<ReceivedAskDetail | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly sending = new Sending();

  constructor(
    private readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get ask(): ReceivedAskDetail | null {
    return this.#ask;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#ask = await ask(this.api.GET('/asks/received/{id}', { params: { path: { id: this.id } } }));
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
  decline(): Promise<boolean> {
    return this.sending.send(() => ask(this.api.POST('/asks/received/{id}/decline', { params: { path: { id: this.id } } })));
  }
}

/** The broker's words to the two, from a draft; what is sent is what was seen. */
export class IntroduceForm {
  to_target = $state('');
  to_asker = $state('');
  email = $state('');
  #preview = $state.raw<IntroductionPreview | null>(null);
  #made = $state.raw<Introduction | null>(null);
  readonly loading = new Sending();
  readonly sending = new Sending();

  constructor(
    private readonly about: Pick<NewIntroduction, 'ask' | 'asker' | 'person'>,
    private readonly api: Api = realApi,
  ) {}

  get preview(): IntroductionPreview | null {
    return this.#preview;
  }
  get made(): Introduction | null {
    return this.#made;
  }

  /** The draft and the address known of them. */
  load(): Promise<boolean> {
    return this.loading.send(async () => {
      const draft = await ask(this.api.POST('/introductions/preview', { body: { ...this.about } }));
      this.to_target = draft.to_target;
      this.to_asker = draft.to_asker;
      this.email = draft.emails[0] ?? '';
      this.#preview = draft;
      if (this.email) await this.#look();
    });
  }
  /** What the other would read now. */
  look(): Promise<boolean> {
    return this.loading.send(() => this.#look());
  }
  send(): Promise<boolean> {
    return this.sending.send(async () => {
      this.#made = await ask(this.api.POST('/introductions', { body: this.#body() }));
    });
  }

  async #look(): Promise<void> {
    this.#preview = await ask(this.api.POST('/introductions/preview', { body: this.#body() }));
  }
  #body(): NewIntroduction {
    const email = this.email.trim();
    return { ...this.about, to_target: this.to_target, to_asker: this.to_asker, ...(email ? { email } : {}) };
  }
}

/** One introduction, whatever part the owner has in it. */
export class IntroductionPage {
  #one = $state.raw<Introduction | null>(null);
  #problem = $state.raw<Problem | null>(null);
  thanks = $state('');
  readonly sending = new Sending();

  constructor(
    private readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get one(): Introduction | null {
    return this.#one;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#one = await ask(this.api.GET('/introductions/{id}', { params: { path: { id: this.id } } }));
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
  answer(answer: Answer): Promise<boolean> {
    return this.#change(() => ask(this.api.POST('/introductions/{id}/answer', { params: { path: { id: this.id } }, body: { answer } })));
  }
  withdraw(): Promise<boolean> {
    return this.#change(() => ask(this.api.POST('/introductions/{id}/withdraw', { params: { path: { id: this.id } } })));
  }
  thank(): Promise<boolean> {
    return this.#change(() => ask(this.api.POST('/introductions/{id}/thanks', { params: { path: { id: this.id } }, body: { words: this.thanks } })));
  }

  #change(act: () => Promise<Introduction>): Promise<boolean> {
    return this.sending.send(async () => {
      this.#one = await act();
    });
  }
}

/** To whom an ask goes. */
export class SendForm {
  #ties = $state.raw<PersonRow[] | null>(null);
  chosen = $state<string[]>([]);
  readonly loading = new Sending();
  readonly sending = new Sending();

  constructor(
    private readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get ties(): PersonRow[] | null {
    return this.#ties;
  }

  /** `first` is chosen already. */
  load(without: string[], first?: string): Promise<boolean> {
    return this.loading.send(async () => {
      const { items } = await ask(this.api.GET('/asks/ties'));
      this.#ties = items.filter((each) => !without.includes(each.id));
      this.chosen = this.#ties.filter(({ id }) => id === first).map(({ id }) => id);
    });
  }
  send(): Promise<boolean> {
    return this.sending.send(() => ask(this.api.POST('/asks/{id}/sends', { params: { path: { id: this.id } }, body: { people: this.chosen } })));
  }
}

/** Over whom a way leads to a member. */
export class WaysForm {
  to = $state('');
  #found = $state.raw<{ ready: boolean; first: PersonRow[] } | null>(null);
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get found(): { ready: boolean; first: PersonRow[] } | null {
    return this.#found;
  }

  find(): Promise<boolean> {
    return this.sending.send(async () => {
      this.#found = null;
      this.#found = await ask(this.api.GET('/asks/ways', { params: { query: { to: this.to.trim() } } }));
    });
  }
}

/** How often the owner may be asked. */
export class BrokeringForm {
  #known = $state.raw<Brokering | null>(null);
  aDay = $state('3');
  agrees = $state(false);
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get known(): Brokering | null {
    return this.#known;
  }

  async load(): Promise<void> {
    await this.sending.send(async () => this.#take(await ask(this.api.GET('/asks/brokering'))));
  }
  save(): Promise<boolean> {
    return this.#put({ agrees: this.agrees, a_day: Number(this.aDay), silent_until: this.#known?.silent_until ?? null });
  }
  /** Until then nothing comes before the owner; null ends it. */
  silent(until: Date | null): Promise<boolean> {
    return this.#put({ agrees: this.agrees, a_day: Number(this.aDay), silent_until: until?.toISOString().replace(/\.\d+Z$/, 'Z') ?? null });
  }

  #put(body: Brokering): Promise<boolean> {
    return this.sending.send(async () => this.#take(await ask(this.api.PUT('/asks/brokering', { body }))));
  }
  #take(known: Brokering): void {
    this.#known = known;
    this.aDay = String(known.a_day);
    this.agrees = known.agrees;
  }
}
