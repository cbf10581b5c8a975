// why.svelte.ts — why several entries are one person: asked for when somebody wants to know.
import { api as realApi, ask, type Api } from '$lib/api/client';
import { asProblem, type Problem } from '$lib/api/problem';
import type { FieldEvidence } from '$lib/api/types';

export interface WhyLink {
  a: string;
  b: string;
  probability: number;
  evidence: FieldEvidence[];
  /** The owner said that they are the same. */
  said: boolean;
}

export type Strength = 'settles' | 'strong' | 'some';

/** Bits in words: ten make a thousand to one. */
export function strengthOf(weight: number): Strength {
  const bits = Math.abs(weight);
  return bits >= 10 ? 'settles' : bits >= 4 ? 'strong' : 'some';
}

/** What can be said in words: the strongest first, without the chance that every pair starts from. */
export function worthSaying(evidence: FieldEvidence[]): FieldEvidence[] {
  return evidence.filter((line) => line.field !== 'chance' && Math.abs(line.weight) >= 0.05).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

export class Why {
  #links = $state.raw<WhyLink[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(
    readonly person: string,
    private readonly api: Api = realApi,
  ) {}

  get links(): WhyLink[] | null {
    return this.#links;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    if (this.#links) return;
    this.#problem = null;
    try {
      const why = await ask(this.api.GET('/people/{id}/why', { params: { path: { id: this.person } } }));
      const said = new Set(why.said.map((pair) => pair.toSorted().join(' ')));
      this.#links = why.links.map((link) => ({ ...link, said: said.has([link.a, link.b].toSorted().join(' ')) }));
    } catch (cause) {
      this.#problem = asProblem(cause);
    }
  }
}
