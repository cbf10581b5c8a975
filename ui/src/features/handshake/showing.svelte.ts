// showing.svelte.ts — the phone that shows: a new code every 30 seconds, then who read it, one tap, and both have signed.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';
import type { Handshake } from '$lib/api/types';
import { Latest } from '$lib/sending.svelte';
import { clock } from '$lib/time/clock.svelte';
import { base64url, knownOfferCode, offerCode, offerLink, offerText, seconds } from './canonical';
import { type DeviceKey } from './keys';

export const offerEvery = 30_000; // milliseconds
const pollEvery = 1_500;

interface Shown {
  nonce: string;
  link: string;
  words: string[] | null;
  issued: number;
}
interface Reader {
  nonce: string;
  name: string;
  handle: string;
  receiptText: string;
}

export class Showing {
  #shown = $state.raw<Shown | null>(null);
  #reader = $state.raw<Reader | null>(null);
  #handshake = $state.raw<Handshake | null>(null);
  #offering = new Latest();
  #signing = new Latest();
  /** Codes that may still be read: the one shown and the one before it. */
  #live: string[] = [];
  #refused = new Set<string>();
  #timers: ReturnType<typeof setInterval>[] = [];
  place: [number, number] | null = null;

  constructor(
    private readonly from: string,
    private readonly key: DeviceKey,
    private readonly origin: string,
    private readonly api: Api = realApi,
  ) {}

  get shown(): Shown | null {
    return this.#shown;
  }
  /** Who has read the code and waits for the tap. */
  get reader(): Reader | null {
    return this.#reader;
  }
  get handshake(): Handshake | null {
    return this.#handshake;
  }
  /** Why nothing was signed, or no code is shown. Without a network one is. */
  get problem(): Problem | null {
    const { problem } = this.#offering;
    return this.#signing.problem ?? (problem?.isOffline ? null : problem);
  }
  get busy(): boolean {
    return this.#signing.busy;
  }
  /** Whole seconds until the next code. */
  get left(): number {
    return this.#shown ? Math.max(0, Math.ceil((this.#shown.issued + offerEvery - clock.ticking) / 1000)) : 0;
  }

  /** Shows codes until the returned function is called. */
  start(): () => void {
    void this.renew();
    this.#timers = [setInterval(() => void this.renew(), offerEvery), setInterval(() => void this.look(), pollEvery)];
    return () => this.#timers.forEach(clearInterval);
  }

  /** Signs a new code. Without a network it is shown all the same, whole; only the words are missing. */
  async renew(): Promise<void> {
    if (this.#reader || this.#handshake) return;
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
    const issued = new Date(Math.floor(clock.now() / 1000) * 1000);
    const offer = { from: this.from, key: this.key.publicKey, nonce, issued };
    const signature = await this.key.sign(offerText(offer));
    const shown = { nonce, link: offerLink(this.origin, offerCode(offer, signature)), words: null, issued: issued.getTime() };
    this.#live = [...this.#live.slice(-1), nonce];
    const body = { device: this.key.device, nonce, issued_at: seconds(issued), signature, ...(this.place ? { place: this.place } : {}) };
    const isKnown = await this.#offering.ask(
      () => ask(this.api.POST('/handshakes/offers', { body })),
      (known) => (this.#shown = { ...shown, link: offerLink(this.origin, knownOfferCode(nonce)), words: known.words }),
    );
    if (isKnown) this.#signing.forget();
    else if (this.#live.at(-1) === nonce) this.#shown = this.#offering.problem?.isOffline ? shown : null;
  }

  /** Looks whether somebody has read one of the living codes. */
  async look(): Promise<void> {
    if (this.#reader || this.#handshake || this.busy) return;
    for (const nonce of this.#live) {
      if (this.#refused.has(nonce)) continue;
      const state = await ask(this.api.GET('/handshakes/offers/{nonce}', { params: { path: { nonce } } })).catch(() => null);
      if (state?.state === 'signed' && state.other && state.receipt_text) {
        this.#reader = { nonce, ...state.other, receiptText: state.receipt_text };
        return;
      }
    }
  }

  /** The tap: this device signs too, and the handshake is made. */
  async confirm(): Promise<void> {
    const reader = this.#reader;
    if (!reader || this.busy) return;
    const isMade = await this.#signing.ask(
      async () => {
        const body = { device: this.key.device, signature: await this.key.sign(reader.receiptText) };
        return ask(this.api.POST('/handshakes/offers/{nonce}/confirm', { params: { path: { nonce: reader.nonce } }, body }));
      },
      (handshake) => (this.#handshake = handshake),
    );
    if (!isMade) this.#reader = null;
  }

  /** Somebody else stands there: nothing is signed, and that code is done with. */
  async refuse(): Promise<void> {
    if (this.#reader) this.#refused.add(this.#reader.nonce);
    this.#reader = null;
    await this.renew();
  }
}
