// encounter.svelte.ts — two light questions after people met: which ideas, which next step.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Encounter } from '$lib/api/types';
import { dropDraft, keepDraft, readDraft } from '$lib/drafts';
import { Sending } from '$lib/sending.svelte';

export class EncounterNotes {
  ideas = $state('');
  nextStep = $state('');
  readonly loading = new Sending();
  readonly saving = new Sending();
  #encounter = $state.raw<Encounter | null>(null);

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
  ) {}

  get encounter(): Encounter | null {
    return this.#encounter;
  }
  get #at() {
    return { params: { path: { id: this.id } } };
  }

  async load(): Promise<void> {
    await this.loading.send(async () => {
      this.#encounter = await ask(this.api.GET('/encounters/{id}', this.#at));
      const kept = readDraft<{ ideas: string; next: string }>(this.#key);
      this.ideas = kept?.ideas ?? this.#encounter.ideas ?? '';
      this.nextStep = kept?.next ?? this.#encounter.next_step ?? '';
    });
  }

  keep(): void {
    keepDraft(this.#key, { ideas: this.ideas, next: this.nextStep });
  }

  save(): Promise<boolean> {
    return this.saving.send(async () => {
      const body = { ideas: this.ideas.trim(), next_step: this.nextStep.trim() };
      this.#encounter = await ask(this.api.PATCH('/encounters/{id}', { ...this.#at, body }));
      dropDraft(this.#key);
    });
  }

  get #key(): string {
    return `encounter.${this.id}`;
  }
}
