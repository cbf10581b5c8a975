// link_requests.svelte.ts — who asks to link their entry of the owner with this account; both sides must agree.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Link } from '$lib/api/types';

export class LinkRequests {
  #items = $state.raw<Link[]>([]);

  constructor(private readonly api: Api = realApi) {}

  get items(): Link[] {
    return this.#items;
  }

  async load(): Promise<void> {
    // Nothing else on a page depends on these: they appear when they are known.
    const answer = await ask(this.api.GET('/links')).catch(() => null);
    this.#items = (answer?.items ?? []).filter((link) => link.direction === 'asked');
  }

  async answer(link: Link, answer: 'yes' | 'no'): Promise<void> {
    await ask(this.api.POST('/links/{id}/answer', { params: { path: { id: link.id } }, body: { answer } })).catch(() => null);
    await this.load();
  }
}
