// imports.svelte.ts — archives: sent, read by the server as jobs, cancelled, taken out again; another visit finds them all.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Import, OwnerQuestion, Rejection } from '$lib/api/types';
import { upload as realUpload, type Upload } from '$lib/api/upload';

/** A file on its way to the server. */
export class Sending {
  sent = $state(0);
  problem = $state.raw<Problem | null>(null);
  readonly #stop = new AbortController();

  constructor(readonly file: File) {}

  get name(): string {
    return this.file.name;
  }
  get signal(): AbortSignal {
    return this.#stop.signal;
  }
  stop(): void {
    this.#stop.abort();
  }
}

/** Known for what it is, but not to be read yet: nothing is wrong with it. */
export function isForLater(each: Import): boolean {
  return each.state === 'failed' && (each.report?.unsupported ?? []).some((line) => line.network !== null);
}

const isActive = (each: Import) => each.state === 'queued' || each.state === 'running';
const isChanging = (each: Import) => isActive(each) || each.is_leaving;
const pollEvery = 700; // milliseconds

export class Imports {
  #imports = $state.raw<Import[] | null>(null);
  #sendings = $state.raw<Sending[]>([]);
  #problem = $state.raw<Problem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching = false;

  constructor(
    private readonly api: Api = realApi,
    private readonly upload: Upload = realUpload,
  ) {}

  /** Newest first, without those that were taken out again. */
  get list(): Import[] {
    return (this.#imports ?? []).filter((each) => each.state !== 'undone');
  }
  get isLoaded(): boolean {
    return this.#imports !== null;
  }
  get sendings(): Sending[] {
    return this.#sendings;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get isBusy(): boolean {
    return this.#sendings.length > 0 || this.list.some(isActive);
  }
  /** The archives of this sitting: those under way, and those that ended since the newest one began. */
  get done(): number {
    return this.list.filter((each) => !isActive(each)).length;
  }
  /** The share of everything active that is done, in per cent. */
  get percent(): number {
    const active = this.list.filter(isActive);
    const shares = [...active.map((each) => (each.total > 0 ? each.done / each.total : 0)), ...this.#sendings.map(() => 0)];
    return shares.length === 0 ? 100 : Math.round((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 100);
  }
  get secondsLeft(): number | null {
    const known = this.list.filter(isActive).map((each) => each.seconds_left);
    if (known.length === 0 || known.some((seconds) => seconds === null)) return null;
    return known.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  }
  /** Archives that don't tell who the owner is, and wait for a word. */
  get openQuestions(): number {
    return this.list.filter((each) => each.state === 'done' && !each.is_leaving).reduce((sum, each) => sum + each.owner_questions.filter((one) => one.said === null && !one.none).length, 0);
  }
  /** The archive that was read last left pairs to look at. */
  get hasPairs(): boolean {
    return (this.list.find((each) => each.state === 'done')?.report?.to_review ?? 0) > 0;
  }
  get found(): { people: number; contacts: number; encounters: number } {
    // A finished archive's people are everybody known by then: archives name the same people.
    const newest = this.list.find((each) => each.state === 'done');
    const sum = { people: newest?.found.people ?? 0, contacts: 0, encounters: 0 };
    for (const { found, state } of this.list) {
      if (state === 'running') sum.people += found.people;
      if (state !== 'running' && state !== 'done') continue;
      sum.contacts += found.contacts;
      sum.encounters += found.encounters;
    }
    return sum;
  }

  /** Watches until the returned function is called. */
  watch(): () => void {
    this.#watching = true;
    void this.refresh();
    return () => {
      this.#watching = false;
      clearTimeout(this.#timer);
    };
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.#imports = (await ask(this.api.GET('/imports'))).items;
      this.#problem = null;
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
    if (this.#watching && this.list.some(isChanging)) this.#timer = setTimeout(() => void this.refresh(), pollEvery);
  }

  /** Sends files one after the other: the server reads the first while the next is on its way. */
  async send(files: Iterable<File>): Promise<void> {
    const added = [...files].map((file) => new Sending(file));
    this.#sendings = [...this.#sendings, ...added];
    for (const each of added) {
      try {
        await this.upload(each.file, (sent) => (each.sent = sent), each.signal);
        this.#drop(each);
        await this.refresh();
      } catch (cause) {
        each.problem = asProblem(cause);
        if (each.problem.code === 'import.stopped') this.#drop(each);
      }
    }
  }

  putAway(sending: Sending): void {
    this.#drop(sending);
  }

  cancel(id: string): Promise<void> {
    return this.#act(() => ask(this.api.POST('/imports/{id}/cancel', { params: { path: { id } } })));
  }

  undo(id: string): Promise<void> {
    return this.#act(() => ask(this.api.DELETE('/imports/{id}', { params: { path: { id } } })));
  }

  /** Who the owner is in an archive: this one, none of them (null), or what was said is taken back (undefined). */
  sayOwner(id: string, { archive, network }: OwnerQuestion, key: string | null | undefined): Promise<void> {
    const body = { archive, network, ...(key === null ? { none: true } : key === undefined ? {} : { key }) };
    return this.#act(() => ask(this.api.POST('/imports/{id}/owner', { params: { path: { id } }, body })));
  }

  async rejections(id: string): Promise<Rejection[]> {
    return (await ask(this.api.GET('/imports/{id}/rejections', { params: { path: { id } } }))).items;
  }

  #drop(sending: Sending): void {
    this.#sendings = this.#sendings.filter((each) => each !== sending);
  }

  async #act(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      await this.refresh();
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}
