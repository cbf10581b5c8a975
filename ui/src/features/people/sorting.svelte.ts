// sorting.svelte.ts — the owner's lists and tags: what there is, a new list, a search kept, one removed.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { PeopleList } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { t } from '$lib/text';
import { undo as realUndo, type Undo } from '$lib/undo.svelte';

export class Sorting {
  #lists = $state.raw<PeopleList[]>([]);
  #tags = $state.raw<{ name: string; people: number }[]>([]);
  readonly sending = new Sending();

  constructor(
    private readonly api: Api = realApi,
    private readonly undo: Undo = realUndo,
  ) {}

  get lists(): PeopleList[] {
    return this.#lists;
  }
  /** Those chosen by hand. */
  get byHand(): PeopleList[] {
    return this.#lists.filter((list) => !list.search);
  }
  get tags(): string[] {
    return this.#tags.map((tag) => tag.name);
  }

  async load(): Promise<void> {
    // Without them only the filters by tag and list are missing.
    const found = await ask(this.api.GET('/lists')).catch(() => null);
    if (!found) return;
    this.#lists = found.items;
    this.#tags = found.tags;
  }

  /** The new list, or null when it could not be made. `search` is the address of a search that it stands for. */
  async add(name: string, search: string): Promise<PeopleList | null> {
    let made: PeopleList | null = null;
    await this.sending.send(async () => {
      made = await ask(this.api.POST('/lists', { body: { name: name.trim(), search } }));
      await this.load();
    });
    return made;
  }

  remove(id: string): Promise<boolean> {
    return this.sending.send(async () => {
      const done = await ask(this.api.DELETE('/lists/{id}', { params: { path: { id } } }));
      this.undo.offer(t.undo.listRemoved, done.act, () => this.load());
      await this.load();
    });
  }
}

/** Tags as they are typed: "press, tea" → press and tea. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))];
}

/** One for all rooms: the person's page and the list show the same lists. */
export const sorting = new Sorting();
