// problem.ts — what can go wrong when the server is asked, as a value the page can put into words.

export class Problem extends Error {
  constructor(
    /** The HTTP status; 0 when there is no answer of the server to speak of. */
    readonly status: number,
    /** Public and stable: "meeting.closed"; "offline" when the server could not be reached, "page.fault" when the page itself is broken. */
    readonly code: string,
    message: string,
    /** The field that is to blame, when one is. */
    readonly field: string | null = null,
    /** Seconds to wait before trying again, when the server names them. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.code === 'offline';
  }
}

/** What was thrown, as a problem. Whatever the client did not throw is a fault of the page: it is shown as one, and logged for who mends it. */
export function asProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  console.error(cause);
  return new Problem(0, 'page.fault', cause instanceof Error ? cause.message : String(cause));
}

interface ErrorBody {
  error?: { code?: string; message?: string; field?: string };
}

export function problemOf(response: Response, body: unknown): Problem {
  const error = typeof body === 'object' && body !== null ? (body as ErrorBody).error : undefined;
  const wait = Number(response.headers.get('retry-after'));
  return new Problem(
    response.status,
    error?.code ?? `http.${response.status}`,
    error?.message ?? '',
    error?.field ?? null,
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}
