import type { Problem } from '@/api/http';

/** A problem the page finds by itself, before anything is sent. */
export function localProblem(key: string, text: string, next: string): Problem {
  return { status: 0, key, text, next, faults: [], request_id: '', retry_after: 0 };
}
