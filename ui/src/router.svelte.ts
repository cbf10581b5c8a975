// router.svelte.ts — which room an address leads to; links, the back button and new tabs work as on any page.
export type Params = Record<string, string>;

/** The parameters when `path` fits `pattern` ("/people/:id"), else null. */
export function match(pattern: string, path: string): Params | null {
  const want = pattern.split('/');
  const have = path.replace(/\/+$/, '').split('/');
  if (want.length !== (path === '/' ? 2 : have.length)) return null;
  const params: Params = {};
  for (const [at, part] of want.entries()) {
    const given = have[at] ?? '';
    if (part === ':id' && !/^\d+$/.test(given)) return null; // ids are digits: "/people/map" is nobody's page
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given);
    else if (part !== given) return null;
  }
  return params;
}

export class Router {
  #url = $state.raw(new URL(location.href));
  /** Grows with each change of room: the page moves focus and scrolls then. */
  #arrivals = $state(0);
  #depth = 0;

  get path(): string {
    return this.#url.pathname;
  }
  get query(): URLSearchParams {
    return this.#url.searchParams;
  }
  get hash(): string {
    return this.#url.hash;
  }
  get arrivals(): number {
    return this.#arrivals;
  }

  /** How far down the room that was entered last was read before. */
  get depth(): number {
    return this.#depth;
  }

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => this.#arrive((history.state as { y?: number } | null)?.y ?? 0));
    addEventListener('click', (event) => this.#follow(event));
  }

  /** Goes to a room and remembers how far this one was scrolled. */
  go(to: string): void {
    history.replaceState({ y: scrollY }, '');
    history.pushState(null, '', to);
    this.#arrive(0);
  }

  /** Changes the address of this room (filters) or takes another's place without a step back. */
  replace(to: string): void {
    const from = this.path;
    history.replaceState({ y: scrollY }, '', to);
    if (new URL(to, location.href).pathname === from) this.#url = new URL(location.href);
    else this.#arrive(0);
  }

  #arrive(y: number): void {
    this.#depth = y;
    this.#url = new URL(location.href);
    this.#arrivals += 1;
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (link.pathname.startsWith('/api/') || link.pathname.startsWith('/calendar/')) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    if (link.href !== location.href) this.go(link.href);
  }
}

export const router = new Router();
