import { beforeAll, describe, expect, it } from 'vitest';

let match: typeof import('./router.svelte').match;
beforeAll(async () => {
  Object.assign(globalThis, { location: { href: 'https://example.org/' } });
  ({ match } = await import('./router.svelte'));
});

describe('matching an address', () => {
  it('takes parameters out of it', () => expect(match('/people/:id', '/people/17')).toEqual({ id: '17' }));
  it('forgives a slash at the end', () => expect(match('/people', '/people/')).toEqual({}));
  it('finds the first page', () => expect(match('/', '/')).toEqual({}));
  it('refuses a longer one', () => expect(match('/people', '/people/17')).toBeNull());
  it('refuses a shorter one', () => expect(match('/people/:id', '/people')).toBeNull());
  it('decodes what stands in it', () => expect(match('/settings/:part', '/settings/a%20b')).toEqual({ part: 'a b' }));
  it('takes no word for an id', () => expect(match('/people/:id', '/people/map')).toBeNull());
});
