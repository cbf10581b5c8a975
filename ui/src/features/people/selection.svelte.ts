// selection.svelte.ts — several people chosen in the list, and one change for all of them.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { PersonRow, Relation } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export interface BulkChange {
  relation?: Relation;
  add_tags?: string[];
  remove_tags?: string[];
  add_to?: string;
  remove_from?: string;
  blocked?: boolean;
}

export class Selection {
  #on = $state(false);
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get on(): boolean {
    return this.#on;
  }
  get count(): number {
    return this.#ids.size;
  }
  has(id: string): boolean {
    return this.#ids.has(id);
  }
  /** Whether all of these are chosen. */
  hasAll(rows: PersonRow[]): boolean {
    return rows.length > 0 && rows.every((row) => this.#ids.has(row.id));
  }

  /** The tags that those who are chosen bear, each once, by name. */
  tags(rows: PersonRow[]): string[] {
    return [...new Set(rows.filter((row) => this.has(row.id)).flatMap((row) => row.tags))].sort((a, b) => a.localeCompare(b));
  }

  start(): void {
    this.#on = true;
  }
  stop(): void {
    this.#on = false;
    this.#ids = new Set();
  }
  set(id: string, chosen: boolean): void {
    const ids = new Set(this.#ids);
    if (chosen) ids.add(id);
    else ids.delete(id);
    this.#ids = ids;
  }
  setAll(rows: PersonRow[], chosen: boolean): void {
    this.#ids = chosen ? new Set([...this.#ids, ...rows.map((row) => row.id)]) : new Set();
  }

  /** How many were changed and what undoes it, or null. */
  async change(change: BulkChange): Promise<{ people: number; act: string } | null> {
    let done: { people: number; act: string } | null = null;
    await this.sending.send(async () => {
      done = await ask(this.api.POST('/people/bulk', { body: { ids: [...this.#ids], ...change } }));
    });
    return done;
  }
}
