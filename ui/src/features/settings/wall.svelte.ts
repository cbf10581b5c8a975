// wall.svelte.ts — the five sentences as they are typed, and the address under which others may see them.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Wall } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export const most = 5;

export class WallForm {
  readonly sending = new Sending();
  readonly sharing = new Sending();
  lines = $state<string[]>(Array(most).fill(''));
  strip = $state(true);
  #kept = $state.raw<Wall | null>(null);
  #url = $state<string | null>(null);

  constructor(private readonly api: Api = realApi) {}

  /** As the server has it; null until it is loaded. */
  get kept(): Wall | null {
    return this.#kept;
  }
  /** The new address, until the page is left. */
  get url(): string | null {
    return this.#url;
  }
  /** There is something to print. */
  get isWritten(): boolean {
    return (this.#kept?.sentences.length ?? 0) > 0;
  }

  load(): Promise<boolean> {
    return this.sharing.send(async () => this.#show(await ask(this.api.GET('/wall'))));
  }
  save(): Promise<boolean> {
    const body = { sentences: this.lines.map((line) => line.trim()).filter(Boolean), strip: this.strip };
    return this.sending.send(async () => this.#show(await ask(this.api.PUT('/wall', { body }))));
  }
  /** Into the first line that is free; nothing when none is, or it stands there already. */
  pick(sentence: string): void {
    const free = this.lines.findIndex((line) => line.trim() === '');
    if (free >= 0 && !this.lines.includes(sentence)) this.lines[free] = sentence;
  }
  share(): Promise<boolean> {
    return this.sharing.send(async () => {
      const { url } = await ask(this.api.POST('/wall/link'));
      this.#url = url;
      this.#kept = { ...this.#kept!, shared: true };
    });
  }
  unshare(): Promise<boolean> {
    return this.sharing.send(async () => {
      await ask(this.api.DELETE('/wall/link'));
      this.#url = null;
      this.#kept = { ...this.#kept!, shared: false };
    });
  }

  #show(wall: Wall): void {
    this.#kept = wall;
    this.lines = Array.from({ length: most }, (_, at) => wall.sentences[at] ?? '');
    this.strip = wall.strip;
  }
}
