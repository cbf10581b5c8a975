// asks.svelte.ts — asks: written in plain words, changed part by part, and what came of each person asked.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Ask, AskChange, AskDetail, AskedPerson, Fitting } from '$lib/api/types';
import { dropDraft, keepDraft, readDraft } from '$lib/drafts';
import { Sending } from '$lib/sending.svelte';

const draft = 'ask';
const few = 6;

/** The owner's asks, and the one that is being written. */
export class AskList {
  #asks = $state.raw<Ask[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  text = $state(readDraft<string>(draft) ?? '');
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get isLoaded(): boolean {
    return this.#asks !== null;
  }
  get open(): Ask[] {
    return (this.#asks ?? []).filter((each) => each.state === 'open');
  }
  get done(): Ask[] {
    return (this.#asks ?? []).filter((each) => each.state !== 'open');
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  typed(): void {
    keepDraft(draft, this.text);
  }
  startFrom(example: string): void {
    this.text = example;
    this.typed();
  }

  load(): Promise<void> {
    return this.#fetch(null);
  }
  async more(): Promise<void> {
    if (this.#next) await this.#fetch(this.#next);
  }

  /** The new ask's id, or null when it was refused; the words are kept until it is made. */
  async write(): Promise<string | null> {
    let made: Ask | null = null;
    await this.sending.send(async () => {
      made = await ask(this.api.POST('/asks', { body: { text: this.text } }));
    });
    if (!made) return null;
    dropDraft(draft);
    return (made as Ask).id;
  }

  async #fetch(after: string | null): Promise<void> {
    this.#problem = null;
    try {
      const answer = await ask(this.api.GET('/asks', { params: { query: after ? { after } : {} } }));
      this.#asks = after ? [...(this.#asks ?? []), ...answer.items] : answer.items;
      this.#next = answer.next;
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}

export type AskedState = AskedPerson['state'] | 'left_out';
/** A part of an ask that is a list of words. */
export type ListPart = 'titles' | 'topics' | 'organisations' | 'relations';

/** One ask: its parts, who was asked, who else fits. */
export class AskPage {
  #ask = $state.raw<AskDetail | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #showsAll = $state(false);
  readonly sending = new Sending();
  readonly sharing = new Sending();

  constructor(
    private readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get ask(): AskDetail | null {
    return this.#ask;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** Nobody can be looked for with what was understood. */
  get saysNobody(): boolean {
    const known = this.#ask;
    return known !== null && known.titles.length + known.topics.length + known.organisations.length + known.relations.length === 0;
  }
  /** Of those asked, by what they said, in the order in which they are shown. */
  with(state: AskedPerson['state']): AskedPerson[] {
    return (this.#ask?.people ?? []).filter((each) => each.state === state);
  }
  /** Who else fits: a few more than are wanted, until all are to be seen. */
  get fitting(): Fitting[] {
    const all = this.#ask?.fitting ?? [];
    return this.#showsAll ? all : all.slice(0, Math.max(few, 2 * (this.#ask?.count ?? 0)));
  }
  get hasMore(): boolean {
    return this.fitting.length < (this.#ask?.fitting.length ?? 0);
  }
  showAll(): void {
    this.#showsAll = true;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#ask = await this.#get();
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }

  /** True when it was kept. */
  change(change: AskChange): Promise<boolean> {
    return this.sending.send(async () => {
      await ask(this.api.PATCH('/asks/{id}', { params: { path: { id: this.id } }, body: change }));
      this.#ask = await this.#get();
    });
  }

  /** Takes one word of a list out. */
  leaveOut(part: ListPart, word: string): Promise<boolean> {
    const left = (this.#ask?.[part] ?? []).filter((each) => each !== word);
    return this.change({ [part]: left } as AskChange);
  }

  /** What came of a person; null: nothing, after all. */
  set(person: string, state: AskedState | null): Promise<boolean> {
    const path = { id: this.id, person };
    return this.sending.send(async () => {
      if (state) await ask(this.api.PUT('/asks/{id}/people/{person}', { params: { path }, body: { state } }));
      else await ask(this.api.DELETE('/asks/{id}/people/{person}', { params: { path } }));
      this.#ask = await this.#get();
    });
  }

  /** What came of it, for all who helped. */
  share(url: string): Promise<boolean> {
    return this.sharing.send(async () => {
      await ask(this.api.PUT('/asks/{id}/result', { params: { path: { id: this.id } }, body: { url } }));
      this.#ask = await this.#get();
    });
  }

  remove(): Promise<boolean> {
    return this.sending.send(() => ask(this.api.DELETE('/asks/{id}', { params: { path: { id: this.id } } })));
  }

  #get(): Promise<AskDetail> {
    return ask(this.api.GET('/asks/{id}', { params: { path: { id: this.id } } }));
  }
}

/** The words between commas, each once. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()).filter(Boolean))];
}

/** The form that changes an ask's parts, as its fields hold them. */
export class PartsForm {
  titles = $state('');
  topics = $state('');
  organisations = $state('');
  purpose = $state('');
  count = $state('');
  city = $state('');
  by = $state('');
  in_return = $state('');

  fill(known: Ask): void {
    this.titles = known.titles.join(', ');
    this.topics = known.topics.join(', ');
    this.organisations = known.organisations.join(', ');
    this.purpose = known.purpose;
    this.count = known.count === null ? '' : String(known.count);
    this.city = known.city ?? '';
    this.by = known.by ?? '';
    this.in_return = known.in_return;
  }

  /** What differs from what is known. */
  changes(known: Ask): AskChange {
    const change: AskChange = {};
    for (const part of ['titles', 'topics', 'organisations'] as const) {
      const words = wordsIn(this[part]);
      if (words.join('\n') !== known[part].join('\n')) change[part] = words;
    }
    if (this.purpose !== known.purpose) change.purpose = this.purpose;
    if (this.in_return !== known.in_return) change.in_return = this.in_return;
    const count = Number(this.count); // a number's field holds a number, or null
    if ((count || null) !== known.count) change.count = count || null;
    if ((this.city.trim() || null) !== known.city) change.city = this.city.trim() || null;
    if ((this.by || null) !== known.by) change.by = this.by || null;
    return change;
  }
}

/** The reasons that are shown: what fits first, then what speaks for a yes, then what speaks against one. */
export function reasonsShown(fitting: Fitting): Fitting['reasons'] {
  const about = (kind: string) => ['title', 'noted', 'topic', 'organisation', 'relation', 'place'].includes(kind);
  const fits = fitting.reasons.filter(({ kind, weight }) => about(kind) && !(kind === 'relation' && weight < 0)).toSorted((a, b) => Number(b.kind === 'title') - Number(a.kind === 'title'));
  const warm = fitting.reasons.filter(({ kind, weight }) => !about(kind) && weight > 0 && kind !== 'both_ways' && kind !== 'trust');
  const cold = fitting.reasons.filter(({ kind }) => kind === 'hearsay' || kind === 'asked' || kind === 'missed');
  return [...fits.slice(0, 3), ...warm.slice(0, 2), ...cold.slice(0, 1)];
}

/** An ask in a line: who is wanted, without what for. */
export function headline(known: Ask): string {
  const at = known.purpose ? known.text.indexOf(known.purpose) : -1;
  const who = (at > 0 ? known.text.slice(0, at) : known.text).split(/[.!?](\s|$)/)[0]!.replace(/[\s,;:]+$/, '');
  const short = who.length > 90 ? `${who.slice(0, 87).trimEnd()}…` : who;
  return short.charAt(0).toLocaleUpperCase() + short.slice(1);
}
