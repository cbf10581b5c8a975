// venues.svelte.ts — one's own places to meet: the list, and a new one.
import { api as realApi, ask, type Api } from '$lib/api/client';
import type { Venue, VenueKind } from '$lib/api/types';
import { Sending } from '$lib/sending.svelte';
import { Shelf } from '../settings/settings.svelte';
import type { Want } from './fair.svelte';

export const venueKinds: VenueKind[] = ['cafe', 'restaurant', 'bar', 'park', 'library', 'coworking', 'other'];

export class VenuesForm {
  name = $state('');
  kind = $state<VenueKind>('cafe');
  address = $state('');
  isPublic = $state(true);
  has = $state<Record<Want, boolean>>({ quiet: false, step_free: false, outdoor: false });
  /** Where it is, when the browser says so; else its address has to end with a city. */
  at = $state.raw<[number, number] | null>(null);
  /** The browser was asked and said nothing. */
  isUnknown = $state(false);
  readonly sending = new Sending();
  readonly shelf: Shelf<Venue>;

  constructor(private readonly api: Api = realApi) {
    this.shelf = new Shelf(
      async () => (await ask(api.GET('/venues'))).items,
      (each) => ask(api.DELETE('/venues/{id}', { params: { path: { id: each.id } } })),
    );
  }

  get own(): Venue[] {
    return (this.shelf.items ?? []).filter((venue) => venue.from !== 'check-in');
  }
  /** Brought by an import. */
  get visited(): Venue[] {
    return (this.shelf.items ?? []).filter((venue) => venue.from === 'check-in');
  }
  /** What an imported place is: the owner's word from then on. */
  be(venue: Venue, kind: VenueKind): Promise<boolean> {
    return this.sending.send(async () => {
      const { id, name, address, at, quiet, step_free, outdoor } = venue;
      await ask(this.api.PUT('/venues/{id}', { params: { path: { id } }, body: { name, kind, address, at, public: venue.public || (venue.kind === 'other' && venue.from === 'check-in'), quiet, step_free, outdoor } }));
      await this.shelf.load();
    });
  }
  async stand(where: () => Promise<[number, number] | null>): Promise<void> {
    this.at = await where();
    this.isUnknown = this.at === null;
  }
  add(): Promise<boolean> {
    return this.sending.send(async () => {
      const body = { name: this.name.trim(), kind: this.kind, address: this.address.trim(), public: this.isPublic, ...this.has, ...(this.at ? { at: this.at } : {}) };
      await ask(this.api.POST('/venues', { body }));
      this.name = this.address = '';
      this.at = null;
      await this.shelf.load();
    });
  }
}
