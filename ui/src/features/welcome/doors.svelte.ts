// doors.svelte.ts — signing in, and the ways back in when the password is gone.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, Problem } from '$lib/api/problem';
import { Sending } from '$lib/sending.svelte';
import { session as realSession, type Session } from '$lib/session.svelte';

export class SignIn {
  login = $state('');
  password = $state('');
  readonly sending = new Sending();

  constructor(private readonly session: Session = realSession) {}

  async submit(): Promise<boolean> {
    return this.sending.send(async () => {
      try {
        await this.session.signIn(this.login.trim(), this.password);
      } catch (cause) {
        // A wrong password is answered 401 like a session that is over; here it can only mean the former.
        const problem = asProblem(cause);
        throw problem.status === 401 ? new Problem(401, 'session.wrong', '') : problem;
      }
    });
  }
}

/** The three small errands that a link in a mail leads to. */
export class Errands {
  readonly sending = new Sending();

  constructor(private readonly api: Api = realApi) {}

  async sendReset(email: string): Promise<boolean> {
    return this.sending.send(() => ask(this.api.POST('/password/reset', { body: { email } })));
  }
  async setPassword(token: string, password: string): Promise<boolean> {
    return this.sending.send(() => ask(this.api.POST('/password/reset/confirm', { body: { token, password } })));
  }
  async verify(token: string): Promise<boolean> {
    return this.sending.send(() => ask(this.api.POST('/email/verify', { body: { token } })));
  }
}
