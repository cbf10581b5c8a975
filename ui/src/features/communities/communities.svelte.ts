// communities.svelte.ts — the owner's communities, one of them with its people, and which of them an ask goes to.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Community, CommunityDetail } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

const at = (id: string) => ({ params: { path: { id } } });
const of = (id: string, handle: string) => ({ params: { path: { id, handle } } });

export class CommunityList {
  name = $state('');
  #items = $state.raw<Community[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly sending = new Sending();
  readonly answering = new Sending();

  constructor(private readonly api: Api = realApi) {}

  get isLoaded(): boolean {
    return this.#items !== null;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get invited(): Community[] {
    return (this.#items ?? []).filter(({ standing }) => standing === 'invited');
  }
  get mine(): Community[] {
    return (this.#items ?? []).filter(({ standing }) => standing === 'member');
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#items = (await ask(this.api.GET('/communities'))).items;
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
  /** The new one's id. */
  async make(): Promise<string | null> {
    let id: string | null = null;
    await this.sending.send(async () => {
      id = (await ask(this.api.POST('/communities', { body: { name: this.name.trim() } }))).id;
      this.name = '';
    });
    return id;
  }
  answer(id: string, yes: boolean): Promise<boolean> {
    return this.answering.send(async () => {
      if (yes) await ask(this.api.PUT('/communities/{id}/membership', { ...at(id), body: { takes_asks: true } }));
      else await ask(this.api.DELETE('/communities/{id}/membership', at(id)));
      await this.load();
    });
  }
}

export class CommunityPage {
  handle = $state('');
  #community = $state.raw<CommunityDetail | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly sending = new Sending();
  readonly changing = new Sending();

  constructor(
    private readonly id: string,
    private readonly me: string,
    private readonly api: Api = realApi,
  ) {}

  get community(): CommunityDetail | null {
    return this.#community;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get isOrganiser(): boolean {
    return this.#community?.organiser.handle === this.me;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#community = await ask(this.api.GET('/communities/{id}', at(this.id)));
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
  invite(): Promise<boolean> {
    return this.sending.send(async () => {
      const handle = this.handle.trim().replace(/^@/, '').toLowerCase();
      this.#community = await ask(this.api.PUT('/communities/{id}/members/{handle}', of(this.id, handle)));
      this.handle = '';
    });
  }
  remove(handle: string): Promise<boolean> {
    return this.changing.send(async () => {
      await ask(this.api.DELETE('/communities/{id}/members/{handle}', of(this.id, handle)));
      await this.load();
    });
  }
  takeAsks(takes_asks: boolean): Promise<boolean> {
    return this.changing.send(async () => {
      this.#community = await ask(this.api.PUT('/communities/{id}/membership', { ...at(this.id), body: { takes_asks } }));
    });
  }
  leave(): Promise<boolean> {
    return this.changing.send(() => ask(this.api.DELETE('/communities/{id}/membership', at(this.id))));
  }
  close(): Promise<boolean> {
    return this.changing.send(() => ask(this.api.DELETE('/communities/{id}', at(this.id))));
  }
}

/** Which community an ask of one's own goes to. */
export class CommunityChoice {
  chosen = $state('');
  #all = $state.raw<Community[] | null>(null);
  readonly loading = new Sending();
  readonly sending = new Sending();

  constructor(
    private readonly ask: string,
    private readonly api: Api = realApi,
  ) {}

  /** Those with anybody else in them that were not asked yet. */
  get all(): Community[] | null {
    return this.#all;
  }

  load(without: string[]): Promise<boolean> {
    return this.loading.send(async () => {
      const { items } = await ask(this.api.GET('/communities'));
      this.#all = items.filter(({ id, standing, members }) => standing === 'member' && members > 1 && !without.includes(id));
      this.chosen = this.#all.length === 1 ? (this.#all[0]?.id ?? '') : '';
    });
  }
  send(): Promise<boolean> {
    return this.sending.send(() => ask(this.api.PUT('/asks/{id}/communities/{community}', { params: { path: { id: this.ask, community: this.chosen } } })));
  }
}
