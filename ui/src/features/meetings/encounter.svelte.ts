// encounter.svelte.ts — two light questions after people met: which ideas, which next step.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Encounter } from '$lib/api/types';
import { dropDraft, keepDraft, readDraft } from '$lib/drafts';
import { Sending } from '$lib/sending.svelte';
import { t } from '$lib/text';
import { undo as realUndo, type Undo } from '$lib/undo.svelte';

export class EncounterNotes {
  ideas = $state('');
  nextStep = $state('');
  readonly loading = new Sending();
  readonly saving = new Sending();
  readonly correcting = new Sending();
  #gone = $state(false);
  #encounter = $state.raw<Encounter | null>(null);

  constructor(
    readonly id: string,
    private readonly api: Api = realApi,
    private readonly undo: Undo = realUndo,
  ) {}

  get encounter(): Encounter | null {
    return this.#encounter;
  }
  /** The owner said that it did not happen, or that she was not there. */
  get isGone(): boolean {
    return this.#gone;
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

  /** One of those invited did not come; the others were there. */
  miss(person: string): Promise<boolean> {
    const name = this.#encounter?.people.find((each) => each.id === person)?.name ?? '';
    const isLast = this.#encounter?.people.length === 1;
    return this.correcting.send(async () => {
      const done = await ask(this.api.POST('/encounters/{id}/absent', { ...this.#at, body: { person } }));
      this.undo.offer(t.undo.missed(name), done.act, () => this.#back());
      if (isLast) this.#gone = true;
      else await this.load();
    });
  }

  deny(): Promise<boolean> {
    return this.correcting.send(async () => {
      const done = await ask(this.api.POST('/encounters/{id}/deny', this.#at));
      this.undo.offer(t.undo.denied, done.act, () => this.#back());
      this.#gone = true;
    });
  }

  async #back(): Promise<void> {
    this.#gone = false;
    await this.load();
  }

  get #key(): string {
    return `encounter.${this.id}`;
  }
}
