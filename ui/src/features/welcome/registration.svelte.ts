// registration.svelte.ts — the form of a new account: at set-up, or when somebody joins.
import type { Problem } from '$lib/api/problem';
import { session as realSession, type NewAccount, type Session } from '$lib/session.svelte';
import { Sending } from '$lib/sending.svelte';
import { browserZone } from '$lib/time/today.svelte';

/** A handle made of a name: "Amélie O'Neil" → "amelie_oneil". */
export function handleFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’.]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
}

export class Registration {
  fullName = $state('');
  email = $state('');
  password = $state('');
  zone = $state(browserZone());
  #handle = $state<string | null>(null);
  #sending = new Sending();

  constructor(private readonly session: Session = realSession) {}

  /** Follows the name until it is typed. */
  get handle(): string {
    return this.#handle ?? handleFrom(this.fullName);
  }
  set handle(typed: string) {
    this.#handle = typed;
  }
  get busy(): boolean {
    return this.#sending.busy;
  }
  get problem(): Problem | null {
    return this.#sending.problem;
  }

  async setUp(token: string): Promise<boolean> {
    return this.#sending.send(() => this.session.setUp(token, this.#form()));
  }

  async signUp(invite: string | null): Promise<boolean> {
    return this.#sending.send(() => this.session.signUp(this.#form(), invite));
  }

  #form(): NewAccount {
    return { handle: this.handle.trim(), full_name: this.fullName.trim(), email: this.email.trim(), password: this.password, zone: this.zone };
  }
}
