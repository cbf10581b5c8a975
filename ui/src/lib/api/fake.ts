// fake.ts — a server for tests of state classes: answers from a table, and remembers what it was asked.
import { makeApi, type Api } from './client';

type Answer = unknown | ((asked: Asked) => unknown);

export interface Asked {
  method: string;
  /** Without the API's base: "/people/17". */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** An answer with a status: `refuse(409, 'meeting.closed', '…')`. */
export function refuse(status: number, code: string, message: string, field?: string): Response {
  return Response.json({ error: { code, message, ...(field ? { field } : {}) } }, { status });
}

/** The network is gone. */
export function noNetwork(): never {
  throw new TypeError('fetch failed');
}

/** Keys are "GET /people/17"; a `Response` is answered as it is, undefined as 204, anything else as JSON. */
export function fakeApi(answers: Record<string, Answer>): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const api = makeApi('http://server.test', async (input: RequestInfo | URL) => {
    const request = input as Request;
    const url = new URL(request.url);
    const text = await request.text();
    const path = decodeURIComponent(url.pathname.slice('/api/visavis/v1'.length));
    const call = { method: request.method, path, query: url.searchParams, body: text ? (JSON.parse(text) as unknown) : undefined };
    asked.push(call);
    const answer = answers[`${request.method} ${path}`];
    if (answer === undefined && !(`${request.method} ${path}` in answers)) return refuse(404, 'test.unknown', `${request.method} ${path}`);
    const value = typeof answer === 'function' ? await (answer as (asked: Asked) => unknown)(call) : answer;
    if (value instanceof Response) return value;
    return value === undefined ? new Response(null, { status: 204 }) : Response.json(value);
  });
  return { api, asked };
}
