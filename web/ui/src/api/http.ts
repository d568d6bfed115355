// The one place that speaks to the service.
import { language, t } from '@/words';

export interface Problem {
  status: number; // 0: no answer at all
  key: string;
  text: string;
  next: string;
  faults: { field: string; value?: string; key?: string; text: string }[];
  request_id: string;
  retry_after: number; // seconds; 0: do not retry by itself
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.text);
  }
}

type Query = Record<string, string | number | undefined | null>;

/** What the rest of the interface does about every answer; set once by the session store. */
export const hooks = {
  csrf: () => '',
  answered: () => {},
  refused: (_problem: Problem) => {},
};

export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  parameters.set('lang', language.value);
  return `${path}${path.includes('?') ? '&' : '?'}${parameters}`;
}

/** A key for one intent of a person: the same for every retry of it. */
export function newIntent(): string {
  // randomUUID is missing on plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function unreachable(): Problem {
  return {
    status: 0, key: 'unreachable', text: t('problem.unreachable'), next: t('problem.unreachable_next'),
    faults: [], request_id: '', retry_after: 5,
  };
}

/** What a refused answer says, whatever carried it. */
export function problemFrom(status: number, text: string, header: (name: string) => string | null): Problem {
  let body: Partial<Problem> = {};
  try {
    body = JSON.parse(text) as Partial<Problem>;
  } catch {
    // Not ours: a proxy's page. The status alone has to do.
  }
  const after = Number.parseInt(header('Retry-After') ?? '0', 10) || 0;
  const waits = status === 503 || status === 429 || status === 502;
  return {
    status,
    key: body.key ?? `status.${status}`,
    text: body.text ?? t('problem.status', { status }),
    next: body.next ?? '',
    faults: body.faults ?? [],
    request_id: body.request_id ?? header('X-Request-Id') ?? '',
    retry_after: body.retry_after ?? (after || (waits ? 5 : 0)),
  };
}

async function send(method: string, url: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { method, credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiError(unreachable());
  }
  if (answer.ok) {
    hooks.answered();
    return answer;
  }
  const problem = problemFrom(answer.status, await answer.text(), (name) => answer.headers.get(name));
  hooks.refused(problem);
  throw new ApiError(problem);
}

export async function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const answer = await send('GET', address(path, query), { signal });
  return (await answer.json()) as T;
}

export async function write<T>(
  method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, intent: string,
): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': intent };
  const csrf = hooks.csrf();
  if (csrf) headers['X-CSRF-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await send(method, address(path), {
    headers, body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
}

function fileNameOf(answer: Response, otherwise: string): string {
  const said = answer.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(said);
  if (encoded) return decodeURIComponent(encoded[1]);
  return /filename="?([^";]+)"?/i.exec(said)?.[1] ?? otherwise;
}

/** Fetches a file and hands it to the browser to keep. Returns its name. */
export async function download(path: string, query: Query, otherwise: string): Promise<string> {
  const answer = await send('GET', address(path, query), {});
  const name = fileNameOf(answer, otherwise);
  const place = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = place;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
  return name;
}
