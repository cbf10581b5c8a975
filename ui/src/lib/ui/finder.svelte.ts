// finder.svelte.ts — finds while someone types: waits for a pause, and a late answer never replaces a newer one.

export interface Choice<Item> {
  key: string;
  label: string;
  hint: string;
  item: Item;
}

export class Finder<Item> {
  #choices = $state.raw<Choice<Item>[]>([]);
  #looking = $state(false);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly find: (text: string) => Promise<Choice<Item>[]>,
    private readonly pause = 150,
  ) {}

  get choices(): Choice<Item>[] {
    return this.#choices;
  }
  get looking(): boolean {
    return this.#looking;
  }

  look(text: string): void {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    if (!text.trim()) {
      this.#choices = [];
      this.#looking = false;
      return;
    }
    this.#looking = true;
    this.#timer = setTimeout(() => void this.#run(text, round), this.pause);
  }

  async #run(text: string, round: number): Promise<void> {
    const found = await this.find(text).catch(() => []);
    if (round !== this.#round) return;
    this.#choices = found;
    this.#looking = false;
  }
}
