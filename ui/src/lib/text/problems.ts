// problems.ts — puts a problem into a sentence.
import type { Problem } from '$lib/api/problem';
import { t } from './index';

export function explain(problem: Problem): string {
  const known = t.problem.byCode[problem.code];
  if (known) return known;
  if (problem.status === 429) return problem.retryAfter ? t.problem.wait(problem.retryAfter) : t.problem.tooMany;
  if (problem.message && problem.status !== 0 && problem.status < 500) return sentence(problem.message);
  switch (problem.status) {
    case 0:
      return t.problem.offline;
    case 401:
      return t.problem.signedOut;
    case 403:
      return t.problem.forbidden;
    case 404:
      return t.problem.notFound;
    case 413:
      return t.problem.tooLarge;
    case 503:
      return t.problem.unavailable;
    default:
      return t.problem.unknown;
  }
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}
