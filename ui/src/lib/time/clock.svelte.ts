// clock.svelte.ts — the server's time: phones' clocks are wrong, and a demo's server lives in another year.

export class Clock {
  #offset = $state(0);
  #beat = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;
  #runs = 0;

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

  /** Ticks every second until the returned function is called, and as long as anybody else lets it run. */
  run(): () => void {
    this.#runs += 1;
    this.#beat = this.now();
    this.#timer ??= setInterval(() => (this.#beat = this.now()), 1000);
    let isRunning = true;
    return () => {
      if (!isRunning) return;
      isRunning = false;
      this.#runs -= 1;
      if (this.#runs === 0) this.#stop();
    };
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#beat = 0;
  }
}

export const clock = new Clock();
