// today.svelte.ts — the dates of whoever is signed in: their zone, their locale, the server's time.
import { clock } from './clock.svelte';
import { Dates } from './format';

class Civil {
  #dates = $state.raw(new Dates('en-GB', browserZone(), () => clock.now()));

  get dates(): Dates {
    return this.#dates;
  }

  settle(zone: string, locale: string): void {
    this.#dates = new Dates(tongue(locale), zone, () => clock.now());
  }
}

/** The browser's zone: only a proposal until an account has its own. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** An account's plain "en" takes the region from the browser when that is English too, else Britain's day-month order. */
function tongue(locale: string): string {
  if (locale.includes('-')) return locale;
  const own = globalThis.navigator?.language ?? '';
  return own.startsWith(`${locale}-`) ? own : locale === 'en' ? 'en-GB' : locale;
}

export const civil = new Civil();
