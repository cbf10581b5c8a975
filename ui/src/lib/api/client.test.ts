import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, listen } from './client';
import { fakeApi, noNetwork, refuse } from './fake';
import { asProblem, Problem } from './problem';

afterEach(() => listen({ signedOut() {}, seen() {} }));

describe('asking the server', () => {
  it('gives the data of an answer', async () => {
    const { api } = fakeApi({ 'GET /tally': { year: 2026, met: 46 } });
    expect((await ask(api.GET('/tally'))).met).toBe(46);
  });

  it('throws the server’s own code, sentence and field', async () => {
    const { api } = fakeApi({ 'POST /people': refuse(400, 'people.name', 'A name is needed.', 'name') });
    const problem = asProblem(await ask(api.POST('/people', { body: { name: '' } })).catch((cause: unknown) => cause));
    expect([problem.status, problem.code, problem.message, problem.field]).toEqual([400, 'people.name', 'A name is needed.', 'name']);
  });

  it('tells a lost network from an error', async () => {
    const { api } = fakeApi({ 'GET /today': noNetwork });
    const problem = asProblem(await ask(api.GET('/today')).catch((cause: unknown) => cause));
    expect(problem.isOffline).toBe(true);
  });

  it('tells a fault of the page itself from a lost network, and hides neither from who mends it', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const fault = new TypeError("Cannot read properties of undefined (reading 'name')");
    const problem = asProblem(fault);
    expect([problem.isOffline, problem.code]).toEqual([false, 'page.fault']);
    expect(logged).toHaveBeenCalledWith(fault);
    expect(new Problem(0, 'import.stopped', '').isOffline).toBe(false);
    logged.mockRestore();
  });

  it('tells an answer that is none of ours from a lost network', async () => {
    const { api } = fakeApi({ 'GET /today': new Response('<h1>Log in to the hotel’s network</h1>') });
    const problem = asProblem(await ask(api.GET('/today')).catch((cause: unknown) => cause));
    expect([problem.isOffline, problem.code]).toEqual([false, 'answer.unreadable']);
  });

  it('says how long to wait when the server does', async () => {
    const busy = new Response('{}', { status: 429, headers: { 'retry-after': '30', 'content-type': 'application/json' } });
    const { api } = fakeApi({ 'POST /session': busy });
    const problem = asProblem(await ask(api.POST('/session', { body: { login: 'a', password: 'b' } })).catch((cause: unknown) => cause));
    expect(problem.retryAfter).toBe(30);
  });

  it('notices that the session is over', async () => {
    let over = false;
    listen({ signedOut: () => (over = true), seen() {} });
    const { api } = fakeApi({ 'GET /today': refuse(401, 'session.none', 'Sign in.') });
    await ask(api.GET('/today')).catch(() => {});
    expect(over).toBe(true);
  });

  it('tells when the data was last seen', async () => {
    let seen: Date | null = null;
    listen({ signedOut() {}, seen: (at) => (seen = at) });
    const { api } = fakeApi({ 'GET /tally': new Response('{}', { headers: { 'x-visavis-seen': '2026-11-20T18:28:30Z', 'content-type': 'application/json' } }) });
    await ask(api.GET('/tally'));
    expect(seen).toEqual(new Date('2026-11-20T18:28:30Z'));
  });
});
