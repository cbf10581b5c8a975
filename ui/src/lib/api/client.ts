// client.ts — the one place that talks to the server. Types come from docs/openapi.json.
import createClient, { type Client } from 'openapi-fetch';
import { Problem, problemOf } from './problem';
import type { paths } from './schema';

export type Api = Client<paths>;

/** What the page does when an answer comes; set once by the session. */
export interface Listener {
  /** The session is over: another room, or another person, must sign in. */
  signedOut(): void;
  /** When the data of this answer was last seen, if the server could not be reached; else null. */
  seen(at: Date | null): void;
}

const nobody: Listener = { signedOut() {}, seen() {} };
let listener: Listener = nobody;
export function listen(to: Listener): void {
  listener = to;
}

export const basePath = '/api/visavis/v1';

export function makeApi(origin: string, fetch?: typeof globalThis.fetch): Api {
  return createClient<paths>({ baseUrl: origin + basePath, credentials: 'same-origin', ...(fetch ? { fetch } : {}) });
}

export const api: Api = makeApi(globalThis.location?.origin ?? 'http://localhost');

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data, or throws a Problem. `await ask(api.GET('/today'))`. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await reach(request);
  const seen = answer.response.headers.get('x-visavis-seen');
  listener.seen(seen ? new Date(seen) : null);
  if (answer.response.ok) return answer.data as T;
  if (answer.response.status === 401) listener.signedOut();
  throw problemOf(answer.response, answer.error);
}

// Fetch throws a TypeError when the network fails, also in the middle of an answer; what it got and can't read comes from
// somebody between the server and the page.
async function reach<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await request;
  } catch (cause) {
    if (cause instanceof TypeError) throw new Problem(0, 'offline', cause.message);
    if (cause instanceof SyntaxError) throw new Problem(0, 'answer.unreadable', cause.message);
    throw cause;
  }
}
