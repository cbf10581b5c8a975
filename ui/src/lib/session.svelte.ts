// session.svelte.ts — who is signed in, and what the server says of itself.
import { api as realApi, ask, listen, type Api } from './api/client';
import { asProblem, type Problem } from './api/problem';
import type { Account, ServerInfo } from './api/types';
import { forgetDrafts } from './drafts';
import { forgetSeen } from './offline';
import { clock } from './time/clock.svelte';
import { civil } from './time/today.svelte';

export interface NewAccount {
  handle: string;
  full_name: string;
  email: string;
  password: string;
  zone: string;
}

export class Session {
  #server = $state.raw<ServerInfo | null>(null);
  #account = $state.raw<Account | null>(null);
  #phase = $state<'starting' | 'out' | 'in' | 'failed'>('starting');
  #problem = $state.raw<Problem | null>(null);
  #seenAt = $state.raw<Date | null>(null);

  constructor(private readonly api: Api = realApi) {}

  get server(): ServerInfo | null {
    return this.#server;
  }
  get account(): Account | null {
    return this.#account;
  }
  get phase(): 'starting' | 'out' | 'in' | 'failed' {
    return this.#phase;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** When what is shown was last seen, while the server can't be reached. */
  get seenAt(): Date | null {
    return this.#seenAt;
  }

  async start(): Promise<void> {
    listen({
      signedOut: () => {
        if (this.#phase === 'in') this.#phase = 'out';
      },
      seen: (at) => (this.#seenAt = at),
    });
    this.#phase = 'starting';
    try {
      const server = await ask(this.api.GET('/server'));
      this.#server = server;
      if (!this.#seenAt) clock.set(server.now);
      if (server.signed_in) this.enter(await ask(this.api.GET('/account')));
      else this.#phase = 'out';
    } catch (cause) {
      this.#problem = asProblem(cause);
      this.#phase = this.#problem.status === 401 ? 'out' : 'failed';
    }
  }

  async signIn(login: string, password: string): Promise<void> {
    const account = await ask(this.api.POST('/session', { body: { login, password } }));
    await forgetSeen();
    this.enter(account);
  }

  async setUp(token: string, who: NewAccount): Promise<void> {
    this.enter(await ask(this.api.POST('/setup', { body: { token, ...who } })));
    if (this.#server) this.#server = { ...this.#server, needs_setup: false };
  }

  async signUp(who: NewAccount, invite: string | null): Promise<void> {
    const account = await ask(this.api.POST('/accounts', { body: { ...who, ...(invite ? { invite } : {}) } }));
    await forgetSeen();
    this.enter(account);
  }

  async signOut(): Promise<void> {
    await ask(this.api.DELETE('/session'));
    await this.forget();
    location.assign('/sign-in');
  }

  /** Leaves nothing of this account on the device but its handshake key. */
  async forget(): Promise<void> {
    forgetDrafts();
    await forgetSeen();
  }

  /** The account as the server has it now; dates follow its zone. */
  enter(account: Account): void {
    this.#account = account;
    this.#phase = 'in';
    civil.settle(account.zone, account.locale);
  }
}

export const session = new Session();
