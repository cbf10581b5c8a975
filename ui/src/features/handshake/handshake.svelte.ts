// handshake.svelte.ts — the room of the handshake: this device's key first, then showing or reading.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { Account, Handshake, Tally } from '$lib/api/types';
import { t } from '$lib/text';
import { deviceKey as realDeviceKey, Unsupported } from './keys';
import { coarsePlace } from './place';
import { Reading } from './reading.svelte';
import { Showing } from './showing.svelte';

export class HandshakeRoomState {
  #showing = $state.raw<Showing | null>(null);
  #reading = $state.raw<Reading | null>(null);
  #mode = $state<'show' | 'scan'>('show');
  #hindered = $state<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #tally = $state.raw<Tally | null>(null);
  #keepsPlace = $state(false);

  constructor(
    private readonly account: Account,
    /** The server's public address: what stands behind the @, and where the code leads. */
    private readonly serverUrl: string,
    private readonly api: Api = realApi,
    private readonly deviceKey = realDeviceKey,
  ) {}

  get showing(): Showing | null {
    return this.#showing;
  }
  get reading(): Reading | null {
    return this.#reading;
  }
  get mode(): 'show' | 'scan' {
    return this.#mode;
  }
  /** Why this browser can't shake hands, in words. */
  get hindered(): string | null {
    return this.#hindered;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get handshake(): Handshake | null {
    return this.#showing?.handshake ?? this.#reading?.handshake ?? null;
  }
  get tally(): Tally | null {
    return this.#tally;
  }
  get keepsPlace(): boolean {
    return this.#keepsPlace;
  }

  /** Prepares the key; with a code from a link it is read at once. */
  async start(code: string | null): Promise<void> {
    this.#problem = null;
    try {
      const key = await this.deviceKey(this.api, this.account.id);
      const address = `${this.account.handle}@${new URL(this.serverUrl).host}`;
      this.#showing = new Showing(address, key, this.serverUrl, this.api);
      this.#reading = new Reading(key, this.api);
      if (code) {
        this.#mode = 'scan';
        await this.#reading.scanned(code);
      }
    } catch (cause) {
      if (cause instanceof Unsupported) this.#hindered = cause.message === 'insecure' ? t.handshake.show.insecure : t.handshake.show.unsupported;
      else this.#problem = asProblem(cause);
    }
  }

  turn(mode: 'show' | 'scan'): void {
    this.#mode = mode;
    this.#reading?.reset();
  }

  async keepPlace(keep: boolean): Promise<void> {
    const place = keep ? await coarsePlace() : null;
    this.#keepsPlace = place !== null;
    if (this.#showing) this.#showing.place = place;
    if (this.#reading) this.#reading.place = place;
    if (this.#mode === 'show') await this.#showing?.renew();
  }

  /** The year's number, now one higher when it was a first. */
  async count(): Promise<void> {
    this.#tally = await ask(this.api.GET('/tally')).catch(() => null); // the handshake holds without it
  }
}
