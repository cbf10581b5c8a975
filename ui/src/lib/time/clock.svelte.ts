// clock.svelte.ts — the server's time: phones' clocks are wrong, and a demo's server lives in another year.

export class Clock {
  #offset = $state(0);
  #beat = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Sets the clock from a time the server has just told. */
  set(serverNow: string): void {
    const told = Date.parse(serverNow);
    if (Number.isFinite(told)) this.#offset = told - Date.now();
  }

  /** Now, in milliseconds. Reading it inside markup does not make it tick; `beat` does. */
  now(): number {
    return Date.now() + this.#offset;
  }

  date(): Date {
    return new Date(this.now());
  }

  /** Now, read so that what uses it is drawn again every second while `run` holds. */
  get ticking(): number {
    return this.#beat === 0 ? this.now() : this.#beat;
  }

  /** Ticks every second until the returned function is called. */
  run(): () => void {
    this.#beat = this.now();
    this.#timer ??= setInterval(() => (this.#beat = this.now()), 1000);
    return () => {
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}

export const clock = new Clock();
