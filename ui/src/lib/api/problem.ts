// problem.ts — what can go wrong when the server is asked, as a value the page can put into words.

export class Problem extends Error {
  constructor(
    /** The HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    /** Public and stable: "meeting.closed"; "offline" when the server could not be reached. */
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
    return this.status === 0;
  }
}

export function asProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem(0, 'offline', cause instanceof Error ? cause.message : String(cause));
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
