// push.svelte.ts — which browsers are told by web push, this one among them, and what each may show.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { PushDevice, PushWishes } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { thisBrowser, type PushBrowser } from './browser';

const at = (device: PushDevice) => ({ params: { path: { id: device.id } } });

export class PushDesk {
  readonly sending = new Sending();
  #devices = $state.raw<PushDevice[] | null>(null);
  #endpoint = $state.raw<string | null>(null);
  #tried = $state.raw<string | null>(null);
  #refused = $state(false);

  constructor(
    private readonly api: Api = realApi,
    private readonly browser: PushBrowser = thisBrowser,
  ) {}

  get devices(): PushDevice[] | null {
    return this.#devices;
  }
  /** This browser, when it is told. */
  get here(): PushDevice | null {
    return this.#devices?.find((each) => each.endpoint === this.#endpoint) ?? null;
  }
  get able(): boolean {
    return this.browser.able;
  }
  /** Whether notifications are forbidden in the browser itself. */
  get refused(): boolean {
    return this.#refused || this.browser.denied;
  }
  isTried(device: PushDevice): boolean {
    return this.#tried === device.id;
  }

  load(): Promise<boolean> {
    return this.sending.send(() => this.#read());
  }
  /** Begins with the least: the kind of news, and nobody's name. */
  turnOn(name: string): Promise<boolean> {
    return this.sending.send(async () => {
      const { key } = await ask(this.api.GET('/push/key'));
      const keys = await this.browser.subscribe(key);
      this.#refused = keys === null;
      if (!keys) return;
      await ask(this.api.POST('/push/devices', { body: { name, ...keys, shows: 'kind', reminders: true, notices: true } }));
      await this.#read();
    });
  }
  set(device: PushDevice, change: Partial<PushWishes>): Promise<boolean> {
    const { shows, reminders, notices } = { ...device, ...change };
    return this.#change(() => ask(this.api.PUT('/push/devices/{id}', { ...at(device), body: { shows, reminders, notices } })));
  }
  remove(device: PushDevice): Promise<boolean> {
    return this.#change(async () => {
      await ask(this.api.DELETE('/push/devices/{id}', at(device)));
      if (device.endpoint === this.#endpoint) await this.browser.unsubscribe();
    });
  }
  try(device: PushDevice): Promise<boolean> {
    return this.sending.send(async () => {
      await ask(this.api.POST('/push/devices/{id}/try', at(device)));
      this.#tried = device.id;
    });
  }

  #change(act: () => Promise<unknown>): Promise<boolean> {
    return this.sending.send(async () => {
      await act();
      await this.#read();
    });
  }
  async #read(): Promise<void> {
    this.#devices = (await ask(this.api.GET('/push/devices'))).items;
    this.#endpoint = this.browser.able ? await this.browser.endpoint() : null;
  }
}
