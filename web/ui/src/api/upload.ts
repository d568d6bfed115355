// A file sent as the open body of a request, with its progress: fetch tells none.
import { ApiError, address, hooks, problemFrom, unreachable } from '@/api/http';

export interface Sending {
  path: string;
  query?: Record<string, string | number | undefined>;
  type: string; // media type of the body
  intent: string;
  progress?: (share: number) => void; // 0 to 1
  signal?: AbortSignal;
}

export function upload<T>(file: Blob, how: Sending): Promise<T> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(how.path, how.query));
    request.setRequestHeader('Content-Type', how.type);
    request.setRequestHeader('Idempotency-Key', how.intent);
    const csrf = hooks.csrf();
    if (csrf) request.setRequestHeader('X-CSRF-Token', csrf);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) how.progress?.(event.loaded / event.total);
    };
    request.onerror = () => failed(new ApiError(unreachable()));
    request.onabort = () => failed(new DOMException('upload given up', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        hooks.answered();
        done((request.responseText === '' ? {} : JSON.parse(request.responseText)) as T);
        return;
      }
      const problem = problemFrom(request.status, request.responseText, (name) => request.getResponseHeader(name));
      hooks.refused(problem);
      failed(new ApiError(problem));
    };
    how.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
