// first_steps.svelte.ts — value before any archive: a city and three names become three meetings to propose.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { City, Home, Suggestion } from '$lib/api/types';
import { dropDraft, keepDraft, readDraft } from '$lib/drafts';
import { Sending } from '$lib/sending.svelte';
import { session as realSession, type Session } from '$lib/session.svelte';

const draftKey = 'first-steps';

export class FirstSteps {
  names = $state(readDraft<string[]>(draftKey) ?? ['', '', '']);
  readonly sending = new Sending();
  #home = $state.raw<Home | null>(null);
  #suggestions = $state.raw<Suggestion[] | null>(null);

  constructor(
    private readonly api: Api = realApi,
    private readonly session: Session = realSession,
  ) {
    this.#home = session.account?.home ?? null;
  }

  get city(): string {
    return this.#home?.name ?? '';
  }
  get suggestions(): Suggestion[] | null {
    return this.#suggestions;
  }
  get given(): string[] {
    return this.names.map((name) => name.trim()).filter((name) => name !== '');
  }

  settle(city: City | null): void {
    this.#home = city ? { name: city.name, at: city.at } : null;
  }

  keep(): void {
    keepDraft(draftKey, this.names);
  }

  async submit(): Promise<boolean> {
    return this.sending.send(async () => {
      if (this.#home && this.#home.name !== this.session.account?.home?.name)
        this.session.enter(await ask(this.api.PATCH('/account', { body: { home: this.#home } })));
      const people = this.given.map((name) => ({ name, city: this.#home?.name ?? null }));
      await ask(this.api.POST('/people/batch', { body: { people } }));
      dropDraft(draftKey);
      this.#suggestions = (await ask(this.api.GET('/suggestions', { params: { query: { limit: 3 } } }))).items;
    });
  }
}
