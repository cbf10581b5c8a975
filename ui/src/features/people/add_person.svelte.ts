// add_person.svelte.ts — the form that names somebody by hand.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Relation } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';

export class NewPersonForm {
  name = $state('');
  email = $state('');
  city = $state('');
  relation = $state<Relation>('acquaintance');
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  /** The new person's id, or null when it could not be added. */
  async add(): Promise<string | null> {
    let id: string | null = null;
    await this.sending.send(async () => {
      const body = { name: this.name.trim(), relation: this.relation, email: this.email.trim() || null, city: this.city.trim() || null };
      id = (await ask(this.api.POST('/people', { body }))).id;
    });
    return id;
  }
}
