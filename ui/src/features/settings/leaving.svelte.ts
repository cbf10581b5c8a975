// leaving.svelte.ts — deleting the account, and keeping one that is on its way out.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { Sending } from '$lib/sending.svelte';
import { session as realSession, type Session } from '$lib/session.svelte';

export class LeavingForm {
  password = $state('');
  readonly sending = new Sending();
  #goneAt = $state.raw<string | null>(null);

  constructor(
    private readonly api: Api = realApi,
    private readonly session: Session = realSession,
  ) {}

  /** Once it has been said: when the record goes. Nobody is signed in any more. */
  get goneAt(): string | null {
    return this.#goneAt;
  }

  leave(): Promise<boolean> {
    return this.sending.send(async () => {
      const { leaves_at } = await ask(this.api.POST('/account/deletion', { body: { password: this.password } }));
      this.password = '';
      this.#goneAt = leaves_at;
      await this.session.forget();
    });
  }
  keep(): Promise<boolean> {
    return this.sending.send(async () => {
      await ask(this.api.DELETE('/account/deletion'));
      this.session.enter(await ask(this.api.GET('/account')));
    });
  }
}
