import { describe, expect, it } from 'vitest';
import { fakeApi, refuse } from '$lib/api/fake';
import { Session } from '$lib/session.svelte';
import { SignIn } from './doors.svelte';
import { FirstSteps } from './first_steps.svelte';
import { handleFrom, Registration } from './registration.svelte';

const account = { id: '1', handle: 'amelie_oneil', zone: 'Europe/Paris', locale: 'en', home: null };

describe('a new account', () => {
  it('gets a handle made of the name until one is typed', () => {
    const form = new Registration(new Session(fakeApi({}).api));
    form.fullName = 'Amélie O’Neil';
    expect(form.handle).toBe('amelie_oneil');
    form.handle = 'am';
    form.fullName = 'Amélie';
    expect(form.handle).toBe('am');
  });
  it('has a handle of plain letters whatever the name', () => expect([handleFrom('Jean-Luc  Picard'), handleFrom('何秀英')]).toEqual(['jean_luc_picard', '']));
  it('enters at once when the server lets it', async () => {
    const session = new Session(fakeApi({ 'POST /accounts': account }).api);
    expect(await new Registration(session).signUp(null)).toBe(true);
    expect(session.phase).toBe('in');
  });
  it('says at the field what the server did not like, and sends the invite along', async () => {
    const { api, asked } = fakeApi({ 'POST /accounts': refuse(409, 'account.handle_taken', 'This handle is taken.', 'handle') });
    const form = new Registration(new Session(api));
    expect(await form.signUp('secret')).toBe(false);
    expect([form.problem?.field, (asked[0]?.body as { invite: string }).invite]).toEqual(['handle', 'secret']);
  });
});

describe('signing in', () => {
  it('says the same for a wrong name and a wrong password', async () => {
    const session = new Session(fakeApi({ 'POST /session': refuse(401, 'session.wrong', '') }).api);
    const form = new SignIn(session);
    expect(await form.submit()).toBe(false);
    expect(form.sending.problem?.code).toBe('session.wrong');
  });
});

describe('the first steps', () => {
  it('make suggestions of a city and the names that were given', async () => {
    const { api, asked } = fakeApi({
      'PATCH /account': { ...account, home: { name: 'Toronto', at: [43.65, -79.38] } },
      'POST /people/batch': { items: [] },
      'GET /suggestions': { items: [{ rank: 1 }] },
    });
    const session = new Session(api);
    session.enter(account as Parameters<Session['enter']>[0]);
    const steps = new FirstSteps(api, session);
    steps.settle({ name: 'Toronto', country: 'CA', at: [43.65, -79.38], zone: 'America/Toronto' });
    steps.names = ['Arjun Chauhan', ' ', 'Dorothy Hartwell '];
    expect(await steps.submit()).toBe(true);
    expect(asked.map((each) => each.path)).toEqual(['/account', '/people/batch', '/suggestions']);
    expect(asked[1]?.body).toEqual({ people: [{ name: 'Arjun Chauhan', city: 'Toronto' }, { name: 'Dorothy Hartwell', city: 'Toronto' }] });
    expect(steps.suggestions).toHaveLength(1);
  });
});
