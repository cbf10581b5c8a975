// reading.svelte.ts — the phone that reads: a code from the camera, a link or three words; then it signs and waits.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, Problem } from '$lib/api/problem';
import type { Handshake } from '$lib/api/types';
import { codeIn } from './canonical';
import { type DeviceKey } from './keys';

const pollEvery = 1_500; // milliseconds

interface Read {
  nonce: string;
  name: string;
  handle: string;
  receiptText: string;
}

export class Reading {
  words = $state('');
  #state = $state<'looking' | 'reading' | 'read' | 'signing' | 'waiting' | 'done'>('looking');
  #read = $state.raw<Read | null>(null);
  #handshake = $state.raw<Handshake | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seen = '';
  place: [number, number] | null = null;

  constructor(
    private readonly key: DeviceKey,
    private readonly api: Api = realApi,
  ) {}

  get state(): 'looking' | 'reading' | 'read' | 'signing' | 'waiting' | 'done' {
    return this.#state;
  }
  get other(): Read | null {
    return this.#read;
  }
  get handshake(): Handshake | null {
    return this.#handshake;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** What the camera saw: pictures that are no code of ours, or the same one again, are passed over. */
  async scanned(text: string): Promise<void> {
    const code = codeIn(text);
    if (!code || code === this.#seen || this.#state !== 'looking') return;
    this.#seen = code;
    await this.#readIt({ code });
  }

  async typed(): Promise<void> {
    if (this.#state === 'looking' && this.words.trim()) await this.#readIt({ words: this.words.trim() });
  }

  /** Signs the receipt as it was shown, then waits for the other's tap. */
  async sign(): Promise<void> {
    const read = this.#read;
    if (!read || this.#state !== 'read') return;
    this.#state = 'signing';
    try {
      const body = { nonce: read.nonce, device: this.key.device, signature: await this.key.sign(read.receiptText) };
      await ask(this.api.POST('/handshakes', { body }));
      this.#state = 'waiting';
      this.#wait();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Back to looking; a code that failed may be tried again. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#seen = '';
    this.#read = null;
    this.#state = 'looking';
  }

  async #readIt(what: { code: string } | { words: string }): Promise<void> {
    this.#state = 'reading';
    this.#problem = null;
    try {
      const body = { ...what, device: this.key.device, ...(this.place ? { place: this.place } : {}) };
      const answer = await ask(this.api.POST('/handshakes/read', { body }));
      this.#read = { nonce: answer.nonce, ...answer.person, receiptText: answer.receipt_text };
      this.#state = 'read';
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#look(), pollEvery);
  }

  async #look(): Promise<void> {
    const nonce = this.#read?.nonce;
    if (!nonce || this.#state !== 'waiting') return;
    const state = await ask(this.api.GET('/handshakes/offers/{nonce}', { params: { path: { nonce } } })).catch(() => null);
    if (state?.state === 'done' && state.handshake) {
      this.#handshake = state.handshake;
      this.#state = 'done';
    } else if (state?.state === 'expired') this.#fail(new Problem(409, 'handshake.expired', ''));
    else this.#wait();
  }

  #fail(cause: unknown): void {
    this.#problem = asProblem(cause);
    this.#read = null;
    this.#state = 'looking';
  }
}
