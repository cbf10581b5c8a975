// format.ts — dates as people say them: "Monday 23 November, 12:30", with the year only when it isn't this one.

export class Dates {
  readonly #forms = new Map<string, Intl.DateTimeFormat>();

  constructor(
    private readonly locale: string,
    readonly zone: string,
    private readonly now: () => number,
  ) {}

  /** The same dates as a clock in another zone shows them. */
  in(zone: string): Dates {
    return new Dates(this.locale, zone, this.now);
  }

  /** "Monday 23 November" */
  day(at: string | number): string {
    return this.#say(at, { weekday: 'long', day: 'numeric', month: 'long' });
  }

  /** "14 October" */
  date(at: string | number): string {
    return this.#say(at, { day: 'numeric', month: 'long' });
  }

  /** "October", "March 2025" */
  month(at: string | number): string {
    return this.#say(at, { month: 'long' });
  }

  /** "Oct" */
  monthName(month: number, style: 'short' | 'long'): string {
    return this.#form({ month: style, timeZone: 'UTC' }).format(Date.UTC(2026, month, 15));
  }

  /** "22 August 1936", without the year when nobody knows it. */
  birthday({ year, month, day }: { year?: number | null; month: number; day: number }): string {
    const known = year ? ({ year: 'numeric' } as const) : {};
    return this.#form({ day: 'numeric', month: 'long', ...known, timeZone: 'UTC' }).format(Date.UTC(year || 2024, month - 1, day));
  }

  /** "12:30" */
  time(at: string | number): string {
    return this.#form({ timeStyle: 'short' }).format(new Date(at));
  }

  /** "Monday 23 November, 12:30" */
  dayTime(at: string | number): string {
    return `${this.day(at)}, ${this.time(at)}`;
  }

  /** "Today, 15:00", "Tomorrow, 12:30", else the day. */
  coming(at: string | number): string {
    const days = this.daysFromNow(at);
    if (days !== 0 && days !== 1) return this.dayTime(at);
    const word = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(days, 'day');
    return `${word.charAt(0).toLocaleUpperCase(this.locale)}${word.slice(1)}, ${this.time(at)}`;
  }

  /** The year in the account's zone. */
  year(at: string | number): number {
    return Number(this.#form({ year: 'numeric' }).formatToParts(new Date(at)).find((part) => part.type === 'year')?.value);
  }

  /** The civil date in the account's zone, as [year, month from 0, day]. */
  civil(at: string | number): [number, number, number] {
    const parts = this.#numbers.formatToParts(new Date(at));
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return [read('year'), read('month') - 1, read('day')];
  }

  /** Whole days from now until then, counted in civil days: 0 today, 1 tomorrow, -1 yesterday. */
  daysFromNow(at: string | number): number {
    const [y, m, d] = this.civil(at);
    const [ny, nm, nd] = this.civil(this.now());
    return Math.round((Date.UTC(y, m, d) - Date.UTC(ny, nm, nd)) / 86_400_000);
  }

  get #numbers(): Intl.DateTimeFormat {
    return this.#form({ year: 'numeric', month: 'numeric', day: 'numeric', calendar: 'gregory', numberingSystem: 'latn' }, 'en-US');
  }

  #say(at: string | number, options: Intl.DateTimeFormatOptions): string {
    const year = this.year(at) === this.year(this.now()) ? {} : ({ year: 'numeric' } as const);
    return this.#form({ ...options, ...year }).format(new Date(at));
  }

  #form(options: Intl.DateTimeFormatOptions, locale = this.locale): Intl.DateTimeFormat {
    const key = locale + JSON.stringify(options);
    let form = this.#forms.get(key);
    if (!form) {
      form = new Intl.DateTimeFormat(locale, { timeZone: this.zone, ...options });
      this.#forms.set(key, form);
    }
    return form;
  }
}
