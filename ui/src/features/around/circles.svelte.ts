// circles.svelte.ts — whom something is shown to: by relation, by list, one by one; the last choice is kept on this device.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Circles, PeopleList, Relation } from '$lib/api/types';
import { keepDraft, readDraft } from '$lib/drafts';

interface Kept {
  relations: Relation[];
  lists: string[];
  people: { id: string; name: string }[];
}

/** Nobody is shown anything as a competitor or a stranger; such a one can be named. */
export const circleRelations: Relation[] = ['relative', 'friend', 'colleague', 'customer', 'acquaintance'];

export class CirclesChoice {
  relations = $state<Relation[]>([]);
  lists = $state<string[]>([]);
  people = $state<{ id: string; name: string }[]>([]);
  #known = $state.raw<PeopleList[]>([]);

  constructor(
    private readonly draft: string | null,
    private readonly api: Api = realApi,
  ) {}

  /** Lists chosen by hand. */
  get known(): PeopleList[] {
    return this.#known;
  }
  get isEmpty(): boolean {
    return this.relations.length + this.lists.length + this.people.length === 0;
  }
  get body(): Circles {
    return { relations: this.relations, lists: this.lists, people: this.people.map((person) => person.id) };
  }

  async load(): Promise<void> {
    const kept = this.draft ? readDraft<Kept>(this.draft) : null;
    if (kept) ({ relations: this.relations, lists: this.lists, people: this.people } = kept);
    // Without lists there are still relations and people.
    const found = await ask(this.api.GET('/lists')).catch(() => null);
    if (!found) return;
    this.#known = found.items.filter((list) => !list.search);
    this.lists = this.lists.filter((id) => this.#known.some((list) => list.id === id));
  }
  /** What the server has. */
  async show(circles: Circles): Promise<void> {
    this.relations = circles.relations;
    this.lists = circles.lists;
    this.people = await Promise.all(circles.people.map(async (id) => ({ id, name: (await ask(this.api.GET('/people/{id}', { params: { path: { id } } })).catch(() => null))?.name ?? '?' })));
  }

  toggle(relation: Relation): void {
    this.relations = this.relations.includes(relation) ? this.relations.filter((each) => each !== relation) : [...this.relations, relation];
    this.#keep();
  }
  toggleList(id: string): void {
    this.lists = this.lists.includes(id) ? this.lists.filter((each) => each !== id) : [...this.lists, id];
    this.#keep();
  }
  add(person: { id: string; name: string }): void {
    if (!this.people.some((each) => each.id === person.id)) this.people = [...this.people, { id: person.id, name: person.name }];
    this.#keep();
  }
  drop(id: string): void {
    this.people = this.people.filter((each) => each.id !== id);
    this.#keep();
  }

  #keep(): void {
    if (this.draft) keepDraft(this.draft, { relations: this.relations, lists: this.lists, people: this.people } satisfies Kept);
  }
}
